"""SameSite=None says the opposite.

check: test_flags
says: SameSite is None
"""


def storage() -> aiohttp_session.AbstractStorage:
    """Say how sessions are kept."""
    return EncryptedCookieStorage(Fernet(KEY), httponly=True, samesite="None")
