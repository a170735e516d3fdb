"""Nobody looks whether there is such a post.

check: test_missing
says: 500 came, 404 was wanted
"""


async def read_post(request: web.Request) -> web.Response:
    """Answer with the post that the path names."""
    number = int(request.match_info["id"])
    async with transaction(request) as db:
        post = await store.find(db, number)
    return web.json_response(asdict(post))
