"""One statement for both fields: what did not come is replaced by what is there."""


async def patch_post(request: web.Request) -> web.Response:
    """Change some fields of a post and answer with what became of it."""
    fields = read_or_422(read_changes, await read_json(request))
    number = id_of(request)
    async with transaction(request) as db:
        post = or_404(await store.change(db, number, fields))
    return web.json_response(asdict(post))
