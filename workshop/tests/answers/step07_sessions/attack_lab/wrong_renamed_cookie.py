"""The cookie is called otherwise, and anybody can write it all the same.

check: test_cookie
says: Your blog takes whoever sends
"""

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

from steps.step07_sessions.csrf import check_token, token_of


def storage() -> aiohttp_session.AbstractStorage:
    """Say where the sessions are kept."""
    return aiohttp_session.SimpleCookieStorage(cookie_name="blog")
