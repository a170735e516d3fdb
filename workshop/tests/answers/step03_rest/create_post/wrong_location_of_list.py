"""Location leads to the list, not to the new post.

check: test_location
says: GET /api/posts came back with 405
"""


async def create_post(request: web.Request) -> web.Response:
    """Keep a new post and say where it is."""
    fields = read_or_422(await read_object(request))
    async with transaction(request) as db:
        post = or_507(await store.add(db, fields))
    address = request.rel_url
    return web.json_response(asdict(post), status=201, headers={"Location": str(address)})
