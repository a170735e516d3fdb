"""The handler returns the posts, not a dictionary.

check: test_titles_are_links
says: 500 came, 200 was wanted
"""


@aiohttp_jinja2.template("list.html")
async def list_posts(request: web.Request) -> list[Post]:
    """Show all posts, the newest first."""
    return request.app[POSTS][::-1]
