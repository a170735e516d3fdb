"""The 404 is returned as plain text.

check: test_missing
says: text/plain
"""


async def read_post(request: web.Request) -> web.Response:
    """Answer with the post that the path names."""
    number = int(request.match_info["id"])
    async with transaction(request) as db:
        post = await store.find(db, number)
    if post is None:
        return web.Response(status=404, text="There is no such post")
    return web.json_response(asdict(post))
