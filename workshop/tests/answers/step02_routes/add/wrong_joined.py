"""The strings are joined, not added as numbers.

check: test_adds
says: GET /add?first=2&second=3 answers 5
"""

WHOLE = re.compile(r"-?[0-9]{1,15}")


async def add(request: web.Request) -> web.Response:
    """Answer with the sum."""
    number(request, "first"), number(request, "second")
    return web.Response(text=request.query["first"] + request.query["second"])
