"""Every POST and PUT is closed, and no mark is looked for.

check: test_wherever_it_stands
says: for nobody it must be a 401
"""


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let nobody but users reach what has the mark."""
    if request.method in {"POST", "PUT"} and user_of(request) is None:
        raise web.HTTPUnauthorized(text="Log in first", headers={"WWW-Authenticate": "Bearer"})
    return await handler(request)
