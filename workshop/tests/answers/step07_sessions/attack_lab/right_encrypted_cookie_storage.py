"""aiohttp-session's own storage, with a key of 32 bytes."""

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
from aiohttp_session.cookie_storage import EncryptedCookieStorage

from steps.step07_sessions.csrf import check_token, token_of


def storage() -> aiohttp_session.AbstractStorage:
    """Say where the sessions are kept."""
    return EncryptedCookieStorage(secrets.token_bytes(32), cookie_name="lab", samesite="Strict")
