"""The answer does not say where the new post is.

check: test_location
says: must have a header Location
"""


async def create_post(request: web.Request) -> web.Response:
    """Keep a new post and say where it is."""
    fields = read_or_422(await read_object(request))
    async with transaction(request) as db:
        post = or_507(await store.add(db, fields))
    address = request.app.router["post"].url_for(id=str(post.id))
    return web.json_response(asdict(post), status=201)
