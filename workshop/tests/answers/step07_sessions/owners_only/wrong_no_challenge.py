"""The 401 does not say how to log in.

check: test_nobody_writes
says: WWW-Authenticate: Bearer
"""


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let nobody but users reach what has the mark."""
    wanted = request.match_info.handler
    method = getattr(wanted, request.method.lower(), None)
    if (hasattr(wanted, MARK) or hasattr(method, MARK)) and user_of(request) is None:
        raise web.HTTPUnauthorized(text="Log in first")
    return await handler(request)
