"""The new answer has none of the old one's headers.

check: test_headers_are_kept
says: has lost its header Allow
"""


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Call the handler; give every fault its answer."""
    try:
        return await handler(request)
    except web.HTTPError as error:
        answer = error_answer(request, error.status, error.text or error.reason)
        return answer
    except web.HTTPException:
        raise
    except Exception:
        log.exception("%s %s failed", request.method, request.rel_url)
        return error_answer(request, 500, "The server made a mistake")
