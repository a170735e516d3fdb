"""Each field has a transaction of its own, so the first one stays.

check: test_all_or_nothing
says: The good field was stored
"""


async def patch_post(request: web.Request) -> web.Response:
    """Change some fields of a post and answer with what became of it."""
    data = await read_json(request)
    if not data or not data.keys() <= SQL.keys():
        raise web.HTTPUnprocessableEntity(text="Send title or text")
    for name in data:
        try:
            value = text_of(data, name, LIMITS[name])
        except ValueError as error:
            raise web.HTTPUnprocessableEntity(text=str(error))
        async with transaction(request) as db:
            await db.execute(SQL[name], {"value": value, "id": id_of(request)})
    async with transaction(request) as db:
        post = or_404(await store.find(db, id_of(request)))
    return web.json_response(asdict(post))
