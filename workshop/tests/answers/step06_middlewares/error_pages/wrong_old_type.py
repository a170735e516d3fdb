"""All headers are copied, the old content type among them.

check: test_a_page_for_people
says: text/plain
"""


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Call the handler; give every fault its answer."""
    try:
        return await handler(request)
    except web.HTTPError as error:
        answer = error_answer(request, error.status, error.text or error.reason)
        answer.headers.update(error.headers)
        return answer
    except web.HTTPException:
        raise
    except Exception:
        log.exception("%s %s failed", request.method, request.rel_url)
        return error_answer(request, 500, "The server made a mistake")
