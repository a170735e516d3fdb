"""The sum is answered, but not put back into the session.

check: test_counts
says: wanted
"""


async def index(request: web.Request) -> web.Response:
    """Count this visit, and say how many there were."""
    session = await aiohttp_session.get_session(request)
    visits = session.get("visits", 0) + 1
    return web.json_response({"visits": visits})
