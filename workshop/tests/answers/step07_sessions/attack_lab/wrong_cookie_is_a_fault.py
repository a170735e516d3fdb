"""A cookie that cannot be read is a fault of the server.

check: test_cookie
says: not a 500
"""


SECRET = Fernet(Fernet.generate_key())


def storage() -> aiohttp_session.AbstractStorage:
    """Say where the sessions are kept."""
    return aiohttp_session.SimpleCookieStorage(
        cookie_name="lab",
        encoder=lambda data: SECRET.encrypt(json.dumps(data).encode()).decode(),
        decoder=lambda text: json.loads(SECRET.decrypt(text.encode())),
    )
