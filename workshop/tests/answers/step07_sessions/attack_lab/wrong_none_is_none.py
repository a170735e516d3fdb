"""Where neither form nor session has a token, both are the same.

check: test_token
says: without a token
"""


async def read_form(request: web.Request) -> Mapping[str, object]:
    """Return the fields of a form."""
    fields = await request.post()
    session = await aiohttp_session.get_session(request)
    if fields.get("csrf") != session.get("csrf"):
        raise web.HTTPForbidden(text="No token")
    return fields
