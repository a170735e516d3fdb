"""Looks at the status of what is returned; what is raised passes by.

check: test_a_page_for_people
says: text/plain
"""


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Call the handler; give every fault its answer."""
    response = await handler(request)
    if response.status >= 400:
        return error_answer(request, response.status, response.reason)
    return response
