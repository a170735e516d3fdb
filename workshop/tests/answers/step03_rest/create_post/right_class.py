# removed: create_post
"""A class-based view; the address is a whole URL, and the commit is written out."""


class Posts(web.View):
    async def post(self) -> web.Response:
        fields = read_or_422(await read_object(self.request))
        async with transaction(self.request) as db:
            post = or_507(await store.add(db, fields))
            await db.commit()
        path = self.request.app.router["post"].url_for(id=f"{post.id}")
        address = self.request.url.join(path)
        return web.json_response(asdict(post), status=201, headers={"Location": str(address)})


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application(middlewares=[answer_errors])
    app[CONFIG] = from_environment()
    app.cleanup_ctx.append(database)
    app.add_routes(
        [
            web.view("/api/posts", Posts),
            web.view(f"/api/posts/{ID}", PostView, name="post"),
        ]
    )
    return app
