# removed: list_posts
"""A class-based view; reversed() is gone over once."""


class List(web.View):
    @aiohttp_jinja2.template("list.html")
    async def get(self) -> dict[str, object]:
        return {"posts": reversed(self.request.app[POSTS])}


@aiohttp_jinja2.template("post.html")
async def show(request: web.Request) -> dict[str, object]:
    """Show one post."""
    for post in request.app[POSTS]:
        if str(post.id) == request.match_info["id"]:
            return {"post": post}
    raise web.HTTPNotFound(text="There is no such post")


def create_app() -> web.Application:
    """Make the application, its templates and its first posts, the oldest first."""
    app = web.Application()
    app[POSTS] = [ADA, GRACE]
    templates = {"base.html": BASE, "list.html": LIST, "post.html": POST}
    aiohttp_jinja2.setup(app, loader=jinja2.DictLoader(templates))
    app.add_routes([web.view("/", List), web.get("/{id}", show, name="post")])
    return app
