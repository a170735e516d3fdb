"""The answer is given inside the loop, after the first field.

check: test_changes_what_came
says: whole post
"""


async def patch_post(request: web.Request) -> web.Response:
    """Change some fields of a post and answer with what became of it."""
    fields = read_or_422(read_changes, await read_json(request))
    number = id_of(request)
    async with transaction(request) as db:
        for name, value in fields.items():
            await db.execute(SQL[name], {"value": value, "id": number})
            return web.json_response(asdict(or_404(await store.find(db, number))))
    raise web.HTTPUnprocessableEntity(text="Send title or text")
