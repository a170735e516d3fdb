"""The page is put together by hand, and nothing is escaped.

check: test_titles_stay_text
says: nothing of it runs
"""


async def list_posts(request: web.Request) -> web.Response:
    """Show all posts, the newest first."""
    lines = [
        f'<p><a href="/{post.id}">{post.title}</a> by {post.owner}</p>'
        for post in request.app[POSTS][::-1]
    ]
    page = "<h1>Posts</h1>" + ("".join(lines) or "Nobody has written anything yet.")
    return web.Response(text=page, content_type="text/html")
