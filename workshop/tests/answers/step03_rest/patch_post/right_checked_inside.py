"""The fields are looked at one by one in the transaction; an exception undoes all."""


async def patch_post(request: web.Request) -> web.Response:
    """Change some fields of a post and answer with what became of it."""
    data = await read_json(request)
    if not data:
        raise web.HTTPUnprocessableEntity(text="Send title or text")
    async with transaction(request) as db:
        for name in data:
            if name not in SQL:
                raise web.HTTPUnprocessableEntity(text=f"{name} cannot be changed")
            try:
                value = text_of(data, name, LIMITS[name])
            except ValueError as error:
                raise web.HTTPUnprocessableEntity(text=str(error))
            cursor = await db.execute(SQL[name], {"value": value, "id": id_of(request)})
            if not cursor.rowcount:
                raise web.HTTPNotFound(text="Nobody wrote this post")
        post = await store.find(db, id_of(request))
    return web.json_response(asdict(post))
