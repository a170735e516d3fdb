"""The handler is no coroutine function.

check: test_titles_are_links
says: can't be used in 'await' expression
"""


@aiohttp_jinja2.template("list.html")
def list_posts(request: web.Request) -> dict[str, object]:
    """Show all posts, the newest first."""
    return {"posts": request.app[POSTS][::-1]}
