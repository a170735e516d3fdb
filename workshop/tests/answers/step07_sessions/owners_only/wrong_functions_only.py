"""The guard looks at functions; the method of a view is not one.

check: test_nobody_writes
says: must be a 401
"""


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let nobody but users reach what has the mark."""
    if hasattr(request.match_info.handler, MARK) and user_of(request) is None:
        raise web.HTTPUnauthorized(text="Log in first", headers={"WWW-Authenticate": "Bearer"})
    return await handler(request)
