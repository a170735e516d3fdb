"""The check is called, but not awaited.

check: test_token
says: is a 403
"""


async def read_form(request: web.Request) -> Mapping[str, object]:
    """Return the fields of a form."""
    fields = await request.post()
    check_token(request, fields)
    return fields
