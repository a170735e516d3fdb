"""What differs from one place to the next: where the data lies, whom we believe."""

import os
import sys
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import NoReturn

from aiohttp import web

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Config:
    """Decided when the app is made, then left alone."""

    data: Path
    proxies: tuple[Network, ...] = ()
    key: str = ""


CONFIG = web.AppKey("config", Config)


def usage_error(text: str) -> NoReturn:
    """End the program with a sentence, and with 2, the code for a wrong call."""
    sys.stderr.write(f"{text}\n")
    sys.exit(2)


def from_environment() -> Config:
    """Read the settings: WORKSHOP_DATA names the folder, which is `data` beside this file else.

    WORKSHOP_PROXIES names the proxies in front of us, such as "127.0.0.1, 10.0.0.0/8".
    WORKSHOP_KEY is the secret key of the sessions.
    """
    folder = os.environ.get("WORKSHOP_DATA") or Path(__file__).parent / "data"
    try:
        words = os.environ.get("WORKSHOP_PROXIES", "").replace(",", " ").split()
        proxies = tuple(ip_network(word) for word in words)
    except ValueError as error:
        usage_error(f"WORKSHOP_PROXIES must be like 127.0.0.1, 10.0.0.0/8: {error}")
    key = os.environ.get("WORKSHOP_KEY", "")
    return Config(data=Path(folder), proxies=proxies, key=key)


def port_from_environment() -> int:
    """Return the port that PORT names, 8080 without it."""
    text = os.environ.get("PORT", "8080")
    if not (text.isdecimal() and len(text) <= 5 and int(text) < 2**16):
        usage_error(f"PORT must be a number from 0 to 65535, not {text!r}")
    return int(text)
