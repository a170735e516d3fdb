"""render_template in place of the decorator; sorted by number."""


async def list_posts(request: web.Request) -> web.Response:
    """Show all posts, the newest first."""
    posts = sorted(request.app[POSTS], key=lambda post: post.id, reverse=True)
    return aiohttp_jinja2.render_template("list.html", request, {"posts": posts})
