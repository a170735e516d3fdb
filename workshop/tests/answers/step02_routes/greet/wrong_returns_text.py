"""The handler returns text in place of a response.

check: test_answers
says: GET /greet/Ada answers 200
"""


async def greet(request: web.Request) -> web.Response:
    """Greet by the name that stands in the path."""
    return f"Hello, {request.match_info['name']}!"
