"""The exception is returned in place of raised, and taken for the post.

check: test_others_do_not
says: 403
"""


def own_post(request: web.Request) -> Post:
    """Return the post that the path names, if it belongs to the user."""
    post = request.app[POSTS].get(int(request.match_info["id"]))
    if post is None:
        raise web.HTTPNotFound(text="There is no such post")
    if post["owner"] != user_of(request):
        return web.HTTPForbidden(text=f"This post belongs to {post['owner']}")
    return post
