"""The log has a sentence, and no traceback.

check: test_our_own_mistake
says: Nothing in the log
"""


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Call the handler; give every fault its answer."""
    try:
        return await handler(request)
    except web.HTTPError as error:
        answer = error_answer(request, error.status, error.text or error.reason)
        for name, value in error.headers.items():
            answer.headers.setdefault(name, value)
        return answer
    except web.HTTPException:
        raise
    except Exception:
        log.error("%s %s failed", request.method, request.rel_url)
        return error_answer(request, 500, "The server made a mistake")
