"""The number itself is the cookie.

check: test_nobody_reads_it
says: can be read
"""


async def index(request: web.Request) -> web.Response:
    """Count this visit, and say how many there were."""
    visits = int(request.cookies.get("visits", "0")) + 1
    response = web.json_response({"visits": visits})
    response.set_cookie("visits", str(visits), httponly=True, samesite="Lax")
    return response
