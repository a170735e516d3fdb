"""The sessions lie in a table of SQLite, under the hash of their token."""

import hashlib
import json
import logging
import os
import secrets
import sqlite3

from aiohttp import web
from aiohttp_session import (
    AbstractStorage,
    Session,
    SessionData,
    get_session,
    new_session,
    session_middleware,
)

from steps.step07_sessions.csrf import check_origin


def hidden(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


class Lockers(AbstractStorage):
    """Keeps sessions in a table."""

    def __init__(self) -> None:
        super().__init__(cookie_name="token", httponly=True, samesite="Lax")
        self._db = sqlite3.connect(":memory:", isolation_level=None)
        self._db.execute("CREATE TABLE kept (token TEXT PRIMARY KEY, user TEXT, data TEXT)")

    async def load_session(self, request: web.Request) -> Session:
        """Return the session whose token the browser has."""
        token = self.load_cookie(request)
        sql = "SELECT data FROM kept WHERE token = ?"
        row = self._db.execute(sql, [hidden(token or "")]).fetchone()
        if row is None:
            return Session(None, data=None, new=True)
        return Session(token, data=json.loads(row[0]), new=False)

    async def save_session(
        self, request: web.Request, response: web.StreamResponse, session: Session
    ) -> None:
        """Keep a session."""
        data = json.dumps(self._get_session_data(session))
        if session.new:
            self._delete(self.load_cookie(request) or "")
            if session.empty:
                return
            token = secrets.token_hex(24)
            row = [hidden(token), session.get("user"), data]
            self._db.execute("INSERT INTO kept VALUES (?, ?, ?)", row)
            self.save_cookie(response, token)
        elif session.empty:
            self._delete(session.identity)
            self.save_cookie(response, "")
        else:
            row = [data, hidden(session.identity)]
            self._db.execute("UPDATE kept SET data = ? WHERE token = ?", row)

    def _delete(self, token: str) -> None:
        self._db.execute("DELETE FROM kept WHERE token = ?", [hidden(token)])

    def forget(self, user: str) -> None:
        """End every session of this user."""
        self._db.execute("DELETE FROM kept WHERE user = ?", [user])
