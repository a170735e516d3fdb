"""The handler is a plain function: the async is missing.

check: test_answers
says: GET /greet/Ada answers 200
"""


def greet(request: web.Request) -> web.Response:
    """Greet by the name that stands in the path."""
    return web.Response(text=f"Hello, {request.match_info['name']}!")
