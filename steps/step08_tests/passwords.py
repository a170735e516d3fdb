"""Passwords, kept so that a thief of the database has years of work with them.

This is slow, and meant to be: never call it in the event loop.
"""

import hashlib
import hmac
import secrets

COST, BLOCK, LANES = 2**14, 8, 5
"""What one try costs: 16 MiB of memory and a tenth of a second."""

NOBODY = f"{COST}${BLOCK}${LANES}${'00' * 16}${'00' * 32}"
"""No password fits this; checking one against it takes as long as against any other."""


def scrypt(password: str, cost: int, block: int, lanes: int, salt: bytes) -> bytes:
    """Make of a password what does not lead back to it."""
    return hashlib.scrypt(password.encode(), salt=salt, n=cost, r=block, p=lanes, dklen=32)


def hash_password(password: str) -> str:
    """Return what is kept in place of a password: the costs, a salt of its own, the result."""
    salt = secrets.token_bytes(16)
    result = scrypt(password, COST, BLOCK, LANES, salt)
    return f"{COST}${BLOCK}${LANES}${salt.hex()}${result.hex()}"


def fits(password: str, kept: str) -> bool:
    """Tell whether this is the password; the time that it takes says nothing about it."""
    cost, block, lanes, salt, wanted = kept.split("$")
    result = scrypt(password, int(cost), int(block), int(lanes), bytes.fromhex(salt))
    return hmac.compare_digest(result, bytes.fromhex(wanted))
