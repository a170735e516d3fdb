"""The post is not awaited.

check: test_reads
says: asdict() should be called on dataclass instances
"""


async def read_post(request: web.Request) -> web.Response:
    """Answer with the post that the path names."""
    number = int(request.match_info["id"])
    async with transaction(request) as db:
        post = store.find(db, number)
    if post is None:
        raise web.HTTPNotFound(text="There is no such post")
    return web.json_response(asdict(post))
