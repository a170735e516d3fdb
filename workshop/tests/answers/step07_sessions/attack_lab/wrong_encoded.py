"""The cookie is written in another alphabet, which anybody can do.

check: test_cookie
says: for Ada
"""

import base64
import binascii
import json
import logging
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import aiohttp_session
from aiohttp import web
from aiohttp.test_utils import TestClient
from cryptography.fernet import Fernet

from steps.step07_sessions.csrf import check_token, token_of
from steps.step07_sessions.sessions import CookieStorage


def encode(data: object) -> str:
    """Make it look secret."""
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode()


def decode(text: str) -> Any:
    """Read it; anything else is nothing."""
    try:
        return json.loads(base64.urlsafe_b64decode(text))
    except (binascii.Error, ValueError):
        return {}


def storage() -> aiohttp_session.AbstractStorage:
    """Say where the sessions are kept."""
    return aiohttp_session.SimpleCookieStorage(
        cookie_name="lab", encoder=encode, decoder=decode
    )
