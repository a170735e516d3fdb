"""The guard wants a login for everything.

check: test_nobody_writes
says: wanted
"""


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let nobody but users reach what has the mark."""
    if user_of(request) is None:
        raise web.HTTPUnauthorized(text="Log in first", headers={"WWW-Authenticate": "Bearer"})
    return await handler(request)
