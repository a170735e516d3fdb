"""Scripts may read the cookie.

check: test_flags
says: HttpOnly is missing
"""


def storage() -> aiohttp_session.AbstractStorage:
    """Say how sessions are kept."""
    return EncryptedCookieStorage(Fernet(KEY), httponly=False, samesite="Lax")
