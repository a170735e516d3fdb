"""The guard returns an answer in place of the exception; the post is found in two steps."""


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let nobody but users reach what has the mark."""
    wanted = request.match_info.handler
    method = getattr(wanted, request.method.lower(), None)
    if (hasattr(wanted, MARK) or hasattr(method, MARK)) and user_of(request) is None:
        return web.json_response(
            {"error": "Log in"}, status=401, headers={"WWW-Authenticate": "Bearer"}
        )
    return await handler(request)


def own_post(request: web.Request) -> Post:
    """Return the post that the path names, if it belongs to the user."""
    try:
        post = request.app[POSTS][int(request.match_info["id"])]
    except KeyError:
        raise web.HTTPNotFound(text="There is no such post") from None
    if user_of(request) not in (post["owner"],):
        raise web.HTTPForbidden(text="It is somebody else's")
    return post
