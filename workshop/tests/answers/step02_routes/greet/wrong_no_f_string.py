"""The f before the string is missing, so the braces are sent as they are.

check: test_greets_by_name
says: GET /greet/Ada answers "Hello, Ada!"
"""


async def greet(request: web.Request) -> web.Response:
    """Greet by the name that stands in the path."""
    name = request.match_info["name"]
    return web.Response(text="Hello, {name}!")
