"""The id in the answer is what stood in the path, which is text.

check: test_id_is_a_number
says: 1, not "1"
"""


async def read_post(request: web.Request) -> web.Response:
    """Answer with the post that the path names."""
    number = int(request.match_info["id"])
    async with transaction(request) as db:
        post = await store.find(db, number)
    if post is None:
        raise web.HTTPNotFound(text="There is no such post")
    return web.json_response({**asdict(post), "id": request.match_info["id"]})
