# removed: read_post
"""A class-based view, with a pattern of its own and the 404 in the transaction."""


class ReadPost(web.View):
    async def get(self) -> web.Response:
        async with transaction(self.request) as db:
            post = await store.find(db, int(self.request.match_info["number"]))
            if post is None:
                raise web.HTTPNotFound()
            return web.json_response(asdict(post))


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application(middlewares=[answer_errors])
    app[CONFIG] = from_environment()
    app.cleanup_ctx.append(database)
    app.add_routes(
        [
            web.view(r"/api/posts/{number:[1-9]\d{0,17}}", ReadPost),
        ]
    )
    return app
