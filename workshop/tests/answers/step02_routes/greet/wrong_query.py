"""The name is looked for in the query instead of the path.

check: test_answers
says: GET /greet/Ada answers 200
"""


async def greet(request: web.Request) -> web.Response:
    """Greet by the name that stands in the path."""
    return web.Response(text=f"Hello, {request.query['name']}!")
