"""The name is cut out of the raw path, which is not decoded.

check: test_greets_any_alphabet
says: A name with a space or with "ë" in it
"""


async def greet(request: web.Request) -> web.Response:
    """Greet by the name that stands in the path."""
    name = request.raw_path.rpartition("/")[2]
    return web.Response(text=f"Hello, {name}!")
