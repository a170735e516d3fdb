"""What is no number is called a bad request, though no such address exists.

check: test_one_spelling
says: /api/posts/x came back with 400
"""


async def read_post(request: web.Request) -> web.Response:
    """Answer with the post that the path names."""
    try:
        number = int(request.match_info["id"])
    except ValueError:
        raise web.HTTPBadRequest(text="The id must be a number")
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
