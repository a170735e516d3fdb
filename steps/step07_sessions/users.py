"""Users and their logins, as they are kept in the database."""

import secrets
import time
from collections.abc import Mapping
from hashlib import sha256

from aiosqlite import Connection, IntegrityError

from .posts import text_of

LOGIN_SECONDS = 14 * 24 * 3600
"""So many seconds a login lasts."""


def read_user(fields: Mapping[str, object]) -> tuple[str, str]:
    """Return name and password; raises ValueError, which says what is wrong.

    Other alphabets have letters that look like ours, and some that nobody sees.
    """
    name = text_of(fields, "name", 30)
    password = text_of(fields, "password", 200)
    if not (name.isascii() and name.isalnum()) or len(password) < 8:
        raise ValueError("A name has letters a-z and digits only, a password 8 characters at least")
    return name, password


async def find(db: Connection, name: str) -> tuple[str, str] | None:
    """Return a user's name as it is written, and the hash of the password."""
    rows = await db.execute_fetchall("SELECT name, password FROM users WHERE name = ?", (name,))
    return next(((row[0], row[1]) for row in rows), None)


async def add(db: Connection, name: str, password: str) -> bool:
    """Keep a new user; return False when the name is taken."""
    try:
        await db.execute("INSERT INTO users (name, password) VALUES (?, ?)", (name, password))
    except IntegrityError:
        return False
    return True


def hidden(token: str) -> str:
    """Return what is kept of a token: whoever reads the database cannot use it."""
    return sha256(token.encode(errors="replace")).hexdigest()


async def start_login(db: Connection, name: str) -> str:
    """Return a new token, which says who somebody is, until the login ends."""
    token, now = secrets.token_urlsafe(32), int(time.time())
    await db.execute("DELETE FROM logins WHERE since < ?", (now - LOGIN_SECONDS,))
    await db.execute("INSERT INTO logins VALUES (?, ?, ?)", (hidden(token), name, now))
    return token


async def name_of(db: Connection, token: str) -> str | None:
    """Return who is logged in with this token, if anybody."""
    sql = "SELECT name FROM logins WHERE token = ? AND since > ?"
    rows = await db.execute_fetchall(sql, (hidden(token), int(time.time()) - LOGIN_SECONDS))
    return next((str(row[0]) for row in rows), None)


async def end_login(db: Connection, token: str) -> None:
    """Make a token worthless, wherever it is still kept."""
    await db.execute("DELETE FROM logins WHERE token = ?", (hidden(token),))
