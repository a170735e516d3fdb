"""One function refuses, wherever a name is wanted."""


def signed_in(request: web.Request) -> str:
    """Return the user's name, or refuse the request."""
    user = user_of(request)
    if user is None:
        raise web.HTTPUnauthorized(headers={"WWW-Authenticate": "Bearer"})
    return user


def require_login(handler: H) -> H:
    """Mark a handler, a view or a method of it as one for users; it stays what it is."""
    setattr(handler, MARK, True)
    return handler


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let nobody but users reach what has the mark."""
    wanted = request.match_info.route.handler
    found = [wanted, getattr(wanted, request.method.lower(), None)]
    if [True for one in found if MARK in getattr(one, "__dict__", {})]:
        signed_in(request)
    return await handler(request)


def own_post(request: web.Request) -> Post:
    """Return the post that the path names, if it belongs to the user."""
    post = request.app[POSTS].get(int(request.match_info["id"]))
    if post is None:
        raise web.HTTPNotFound(text="There is no such post")
    if post["owner"] != signed_in(request):
        raise web.HTTPForbidden(text=f"This post belongs to {post['owner']}")
    return post


@routes.post("/posts")
@require_login
async def create(request: web.Request) -> web.Response:
    """Make a post of a text; it belongs to the user."""
    data = await read_json(request)
    posts = request.app[POSTS]
    post: Post = {"owner": signed_in(request), "text": data.get("text")}
    posts[len(posts) + 1] = post
    return web.json_response(post, status=201)
