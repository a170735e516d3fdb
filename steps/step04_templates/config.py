"""What differs from one place to the next: where the data lies."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Config:
    """Decided when the app is made, then left alone."""

    data: Path


CONFIG = web.AppKey("config", Config)


def usage_error(text: str) -> NoReturn:
    """End the program with a sentence, and with 2, the code for a wrong call."""
    sys.stderr.write(f"{text}\n")
    sys.exit(2)


def from_environment() -> Config:
    """Read the settings: WORKSHOP_DATA names the folder, which is `data` beside this file else."""
    folder = os.environ.get("WORKSHOP_DATA") or Path(__file__).parent / "data"
    return Config(data=Path(folder))


def port_from_environment() -> int:
    """Return the port that PORT names, 8080 without it."""
    text = os.environ.get("PORT", "8080")
    if not (text.isdecimal() and len(text) <= 5 and int(text) < 2**16):
        usage_error(f"PORT must be a number from 0 to 65535, not {text!r}")
    return int(text)
