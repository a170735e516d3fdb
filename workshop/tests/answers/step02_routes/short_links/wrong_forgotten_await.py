"""The await before request.post() is missing.

check: test_create
says: POST /links answers 201
"""


async def read_url(request: web.Request) -> str:
    """Return the field `url` of the form that came in, empty when there is none."""
    try:
        form = request.post()
    except (ValueError, LookupError, web.RequestPayloadError):
        raise web.HTTPBadRequest(text="This form cannot be read") from None
    return str(form.get("url", ""))
