"""The text of the answer is a number, not a string.

check: test_adds
says: GET /add?first=2&second=3 answers 5
"""

WHOLE = re.compile(r"-?[0-9]{1,15}")


async def add(request: web.Request) -> web.Response:
    """Answer with the sum."""
    return web.Response(text=number(request, "first") + number(request, "second"))
