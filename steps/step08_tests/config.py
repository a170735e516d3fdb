"""What differs from one place to the next: where the data lies, whom we believe."""

import os
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from aiohttp import web

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Config:
    """Decided when the app is made, then left alone."""

    data: Path
    proxies: tuple[Network, ...] = ()
    key: str = ""


CONFIG = web.AppKey("config", Config)


def from_environment() -> Config:
    """Read the settings: WORKSHOP_DATA names the folder, which is `data` beside this file else.

    WORKSHOP_PROXIES names the proxies in front of us, such as "127.0.0.1, 10.0.0.0/8".
    WORKSHOP_KEY is the secret key of the sessions.
    """
    folder = os.environ.get("WORKSHOP_DATA") or Path(__file__).parent / "data"
    proxies = os.environ.get("WORKSHOP_PROXIES", "").replace(",", " ").split()
    key = os.environ.get("WORKSHOP_KEY", "")
    return Config(data=Path(folder), proxies=tuple(map(ip_network, proxies)), key=key)
