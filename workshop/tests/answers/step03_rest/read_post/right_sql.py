"""An SQL statement of its own; names and values are put together by zip."""


NAMES = ("id", "title", "text", "owner", "editor")
SQL = f"SELECT {', '.join(NAMES)} FROM posts WHERE id = ?"


async def read_post(request: web.Request) -> web.Response:
    """Answer with the post that the path names."""
    async with transaction(request) as db:
        async with db.execute(SQL, (request.match_info["id"],)) as cursor:
            row = await cursor.fetchone()
    if not row:
        raise web.HTTPNotFound(text=f"There is no post {request.match_info['id']}")
    return web.json_response(dict(zip(NAMES, row)))
