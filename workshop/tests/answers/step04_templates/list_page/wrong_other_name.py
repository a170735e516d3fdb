"""The handler says list, the template says posts.

check: test_titles_are_links
says: The links to posts on the page
"""


@aiohttp_jinja2.template("list.html")
async def list_posts(request: web.Request) -> dict[str, object]:
    """Show all posts, the newest first."""
    return {"list": request.app[POSTS][::-1]}
