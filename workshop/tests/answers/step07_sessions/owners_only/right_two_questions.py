"""Two questions in turn, and the 401 is made with update."""


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let nobody but users reach what has the mark."""
    handlers = [request.match_info.handler]
    if isinstance(handlers[0], type):
        handlers.append(getattr(handlers[0], request.method.lower(), None))
    closed = any(getattr(found, MARK, False) for found in handlers)
    if closed and not user_of(request):
        refusal = web.HTTPUnauthorized(text="Who are you?")
        refusal.headers["WWW-Authenticate"] = "Bearer"
        raise refusal
    return await handler(request)


def own_post(request: web.Request) -> Post:
    """Return the post that the path names, if it belongs to the user."""
    number = int(request.match_info["id"])
    posts = request.app[POSTS]
    if number not in posts:
        raise web.HTTPNotFound
    if posts[number]["owner"] == user_of(request):
        return posts[number]
    raise web.HTTPForbidden(text="It is not yours")
