"""Changes the exception itself and raises it again, so its headers stay."""


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Call the handler; give every fault its answer."""
    try:
        return await handler(request)
    except web.HTTPError as error:
        answer = error_answer(request, error.status, error.text or error.reason)
        error.content_type = answer.content_type
        error.text = answer.text
        raise
    except web.HTTPException:
        raise
    except Exception:
        log.exception("Failed")
        return error_answer(request, 500, "The server made a mistake")
