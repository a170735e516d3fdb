"""Passwords, kept so that a thief of the database has years of work with them.

This is slow, and meant to be: never call it in the event loop.
"""

import hashlib
import hmac
import secrets

N, R, P = 2**14, 8, 5
"""The costs of scrypt, by the names of RFC 7914: 16 MiB of memory and a tenth of a second."""

NOBODY = f"{N}${R}${P}${'00' * 16}${'00' * 32}"
"""No password fits this; checking one against it takes as long as against any other."""


def scrypt(password: str, n: int, r: int, p: int, salt: bytes) -> bytes:
    """Make of a password what does not lead back to it."""
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, dklen=32)


def hash_password(password: str) -> str:
    """Return what is kept in place of a password: the costs, a salt of its own, the result."""
    salt = secrets.token_bytes(16)
    result = scrypt(password, N, R, P, salt)
    return f"{N}${R}${P}${salt.hex()}${result.hex()}"


def verify_password(password: str, kept: str) -> bool:
    """Tell whether this is the password; the time that it takes says nothing about it."""
    n, r, p, salt, wanted = kept.split("$")
    result = scrypt(password, int(n), int(r), int(p), bytes.fromhex(salt))
    return hmac.compare_digest(result, bytes.fromhex(wanted))
