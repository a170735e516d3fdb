"""A Post is no JSON.

check: test_reads
says: JSON
"""


async def read_post(request: web.Request) -> web.Response:
    """Answer with the post that the path names."""
    number = int(request.match_info["id"])
    async with transaction(request) as db:
        post = await store.find(db, number)
    if post is None:
        raise web.HTTPNotFound(text="There is no such post")
    return web.json_response(post)
