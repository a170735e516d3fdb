"""The posts come in the order in which the app keeps them.

check: test_newest_first
says: The newest post comes first
"""


@aiohttp_jinja2.template("list.html")
async def list_posts(request: web.Request) -> dict[str, object]:
    """Show all posts, the newest first."""
    return {"posts": request.app[POSTS]}
