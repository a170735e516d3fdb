"""The cookie goes with forms of other sites.

check: test_flags
says: SameSite is missing
"""


def storage() -> aiohttp_session.AbstractStorage:
    """Say how sessions are kept."""
    return EncryptedCookieStorage(Fernet(KEY), httponly=True)
