"""All visitors have the same token.

check: test_token
says: must be a 403
"""


TOKEN = secrets.token_hex(16)


def storage() -> aiohttp_session.AbstractStorage:
    """Say where the sessions are kept."""
    key = Fernet(Fernet.generate_key())
    return CookieStorage(key, cookie_name="lab", httponly=True, samesite="Lax")


def form(session: aiohttp_session.Session, action: str, inside: str) -> str:
    """Return a form that sends what stands inside to the action."""
    inside += f'<input type="hidden" name="csrf" value="{TOKEN}">'
    return f'<form method="post" action="{action}">{inside}</form>'


async def read_form(request: web.Request) -> Mapping[str, object]:
    """Return the fields of a form."""
    fields = await request.post()
    if fields.get("csrf") != TOKEN:
        raise web.HTTPForbidden(text="No token")
    return fields
