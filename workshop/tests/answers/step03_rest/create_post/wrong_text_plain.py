"""Whatever the body is called, it is read as JSON: any web page may post.

check: test_only_json
says: text/plain must be refused with 415
"""


async def read_object(request: web.Request) -> Mapping[str, object]:
    """Return the JSON object of a body."""
    try:
        data = await request.json()
    except UNREADABLE:
        raise web.HTTPBadRequest(text="This body is no JSON") from None
    if not isinstance(data, dict):
        raise web.HTTPUnprocessableEntity(text="Send a JSON object")
    return data
