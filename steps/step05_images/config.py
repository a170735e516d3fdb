"""What differs from one place to the next: where the data lies."""

import os
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Config:
    """Decided when the app is made, then left alone."""

    data: Path


CONFIG = web.AppKey("config", Config)


def from_environment() -> Config:
    """Read the settings: WORKSHOP_DATA names the folder, which is `data` beside this file else."""
    folder = os.environ.get("WORKSHOP_DATA") or Path(__file__).parent / "data"
    return Config(data=Path(folder))
