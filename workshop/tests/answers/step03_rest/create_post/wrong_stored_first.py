"""The post is stored before its fields are looked at.

check: test_bad_fields
says: What was refused was kept
"""


async def create_post(request: web.Request) -> web.Response:
    """Keep a new post and say where it is."""
    fields = await read_object(request)
    async with transaction(request) as db:
        post = or_507(
            await store.add(db, {name: str(fields.get(name)) for name in ("title", "text", "owner")})
        )
    read_or_422(fields)
    address = request.app.router["post"].url_for(id=str(post.id))
    return web.json_response(asdict(post), status=201, headers={"Location": str(address)})
