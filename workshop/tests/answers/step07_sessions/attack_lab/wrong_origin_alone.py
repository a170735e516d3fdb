"""Only the header Origin is looked at, which not every browser sends.

check: test_token
says: without a token
"""


async def read_form(request: web.Request) -> Mapping[str, object]:
    """Return the fields of a form."""
    fields = await request.post()
    if "Origin" in request.headers:
        raise web.HTTPForbidden(text="From another site")
    return fields
