"""What .reverse() returns is None, not the list.

check: test_titles_are_links
says: 500 came, 200 was wanted
"""


@aiohttp_jinja2.template("list.html")
async def list_posts(request: web.Request) -> dict[str, object]:
    """Show all posts, the newest first."""
    return {"posts": list(request.app[POSTS]).reverse()}
