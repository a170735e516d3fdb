"""HttpOnly and SameSite are set; the cookie is plain as before.

check: test_cookie
says: for Ada
"""


def storage() -> aiohttp_session.AbstractStorage:
    """Say where the sessions are kept."""
    return aiohttp_session.SimpleCookieStorage(
        cookie_name="lab", httponly=True, samesite="Strict"
    )
