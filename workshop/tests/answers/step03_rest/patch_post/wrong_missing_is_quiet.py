"""An UPDATE that meets no row is taken for a success.

check: test_missing
says: 200 came, 404 was wanted
"""


async def patch_post(request: web.Request) -> web.Response:
    """Change some fields of a post and answer with what became of it."""
    fields = read_or_422(read_changes, await read_json(request))
    number = id_of(request)
    async with transaction(request) as db:
        for name, value in fields.items():
            await db.execute(SQL[name], {"value": value, "id": number})
        post = await store.find(db, number)
    return web.json_response(asdict(post) if post else None)
