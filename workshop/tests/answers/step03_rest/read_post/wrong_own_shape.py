"""The 404 is returned in a shape of its own.

check: test_missing
says: A fault is {"error"
"""


async def read_post(request: web.Request) -> web.Response:
    """Answer with the post that the path names."""
    number = int(request.match_info["id"])
    async with transaction(request) as db:
        post = await store.find(db, number)
    if post is None:
        return web.json_response({"message": "There is no such post"}, status=404)
    return web.json_response(asdict(post))
