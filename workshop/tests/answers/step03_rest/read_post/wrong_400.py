"""A missing post is called a bad request, as if the client had written nonsense.

check: test_missing
says: 400 came, 404 was wanted
"""


async def read_post(request: web.Request) -> web.Response:
    """Answer with the post that the path names."""
    number = int(request.match_info["id"])
    async with transaction(request) as db:
        post = await store.find(db, number)
    if post is None:
        raise web.HTTPBadRequest(text="There is no such post")
    return web.json_response(asdict(post))
