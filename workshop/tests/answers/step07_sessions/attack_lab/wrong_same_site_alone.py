"""SameSite is set, and nobody asks for a token.

check: test_token
says: must be a 403
"""


async def read_form(request: web.Request) -> Mapping[str, object]:
    """Return the fields of a form."""
    fields = await request.post()
    return fields
