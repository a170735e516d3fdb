"""The text of the path goes into the SQL as it is, so 01 and 1.0 find post 1.

check: test_one_spelling
says: /api/posts/01 came back with 200
"""


async def read_post(request: web.Request) -> web.Response:
    """Answer with the post that the path names."""
    number = request.match_info["id"]
    async with transaction(request) as db:
        post = await store.find(db, number)
    if post is None:
        raise web.HTTPNotFound(text="There is no such post")
    return web.json_response(asdict(post))


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application(middlewares=[answer_errors])
    app[CONFIG] = from_environment()
    app.cleanup_ctx.append(database)
    app.add_routes(
        [
            web.get("/api/posts/{id}", read_post),
        ]
    )
    return app
