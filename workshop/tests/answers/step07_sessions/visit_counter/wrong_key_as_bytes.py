"""Bytes are taken for the raw key, and generate_key() has encoded it already.

check: test_counts
says: Fernet
"""


def storage() -> aiohttp_session.AbstractStorage:
    """Say how sessions are kept."""
    return EncryptedCookieStorage(KEY.encode(), httponly=True, samesite="Lax")
