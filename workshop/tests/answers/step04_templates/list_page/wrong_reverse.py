""".reverse() turns the list of the app itself, at each request.

check: test_newest_first
says: however often the page is asked for
"""


@aiohttp_jinja2.template("list.html")
async def list_posts(request: web.Request) -> dict[str, object]:
    """Show all posts, the newest first."""
    posts = request.app[POSTS]
    posts.reverse()
    return {"posts": posts}
