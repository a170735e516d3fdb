"""The environment renders, the response is made by hand."""


async def list_posts(request: web.Request) -> web.Response:
    """Show all posts, the newest first."""
    template = aiohttp_jinja2.get_env(request.app).get_template("list.html")
    text = template.render(posts=list(reversed(request.app[POSTS])))
    return web.Response(text=text, content_type="text/html")
