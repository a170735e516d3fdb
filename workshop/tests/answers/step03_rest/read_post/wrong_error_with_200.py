"""The fault is told in the body; the status says that all is well.

check: test_missing
says: 200 came, 404 was wanted
"""


async def read_post(request: web.Request) -> web.Response:
    """Answer with the post that the path names."""
    number = int(request.match_info["id"])
    async with transaction(request) as db:
        post = await store.find(db, number)
    if post is None:
        return web.json_response({"error": {"status": 404, "reason": "There is no such post"}})
    return web.json_response(asdict(post))
