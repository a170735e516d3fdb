"""A post that is not there is a KeyError.

check: test_missing
says: KeyError
"""


def own_post(request: web.Request) -> Post:
    """Return the post that the path names, if it belongs to the user."""
    post = request.app[POSTS][int(request.match_info["id"])]
    if post["owner"] != user_of(request):
        raise web.HTTPForbidden(text=f"This post belongs to {post['owner']}")
    return post
