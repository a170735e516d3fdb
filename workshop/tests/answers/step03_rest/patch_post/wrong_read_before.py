"""The post is read before it is changed, so the answer is what it was.

check: test_changes_what_came
says: whole post
"""


async def patch_post(request: web.Request) -> web.Response:
    """Change some fields of a post and answer with what became of it."""
    fields = read_or_422(read_changes, await read_json(request))
    number = id_of(request)
    async with transaction(request) as db:
        post = or_404(await store.find(db, number))
        for name, value in fields.items():
            await db.execute(SQL[name], {"value": value, "id": number})
    return web.json_response(asdict(post))
