"""The cookie can be read by everybody, but is signed, so that nobody else can write it."""

import hmac
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


class Signed(aiohttp_session.AbstractStorage):
    """Everybody may read the cookie; who changes it breaks the seal."""

    key = secrets.token_bytes(32)

    def seal(self, text: str) -> str:
        """Return what only we can write below this text."""
        return hmac.digest(self.key, text.encode(errors="replace"), "sha256").hex()

    async def load_session(self, request: web.Request) -> aiohttp_session.Session:
        """Return the session of a cookie with a good seal."""
        seal, _, text = (self.load_cookie(request) or "").partition(" ")
        if not hmac.compare_digest(seal.encode(errors="replace"), self.seal(text).encode()):
            return await self.new_session()
        return aiohttp_session.Session(None, data=json.loads(text), new=False)

    async def save_session(
        self,
        request: web.Request,
        response: web.StreamResponse,
        session: aiohttp_session.Session,
    ) -> None:
        """Send the session and its seal."""
        text = json.dumps(self._get_session_data(session))
        self.save_cookie(response, f"{self.seal(text)} {text}")


def storage() -> aiohttp_session.AbstractStorage:
    """Say where the sessions are kept."""
    return Signed(cookie_name="lab", samesite="Lax")
