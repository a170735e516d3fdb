"""The mark of a whole view is not looked for.

check: test_wherever_it_stands
says: on a view: for nobody it must be a 401
"""


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let nobody but users reach what has the mark."""
    wanted = request.match_info.handler
    reached = getattr(wanted, request.method.lower(), None) if isinstance(wanted, type) else wanted
    if hasattr(reached, MARK) and user_of(request) is None:
        raise web.HTTPUnauthorized(text="Log in first", headers={"WWW-Authenticate": "Bearer"})
    return await handler(request)
