"""The body is not awaited.

check: test_creates
says: await
"""


async def create_post(request: web.Request) -> web.Response:
    """Keep a new post and say where it is."""
    fields = read_or_422(read_object(request))
    async with transaction(request) as db:
        post = or_507(await store.add(db, fields))
    address = request.app.router["post"].url_for(id=str(post.id))
    return web.json_response(asdict(post), status=201, headers={"Location": str(address)})
