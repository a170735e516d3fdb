"""Catches every HTTP exception and tells redirects by their status; removes the old Content-Type."""


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Call the handler; give every fault its answer."""
    try:
        return await handler(request)
    except web.HTTPException as fault:
        if fault.status < 400:
            raise
        answer = error_answer(request, fault.status, fault.text or "")
        fault.headers.popall("Content-Type", None)
        answer.headers.update(fault.headers)
        return answer
    except Exception as fault:
        log.error("A fault of ours", exc_info=fault)
        return error_answer(request, 500, "Something went wrong here")
