"""get_session is not awaited.

check: test_counts
says: await
"""


async def index(request: web.Request) -> web.Response:
    """Count this visit, and say how many there were."""
    session = aiohttp_session.get_session(request)
    session["visits"] = session.get("visits", 0) + 1
    return web.json_response({"visits": session["visits"]})
