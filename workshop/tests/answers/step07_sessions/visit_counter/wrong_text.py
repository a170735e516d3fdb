"""The answer is text.

check: test_counts
says: application/json
"""


async def index(request: web.Request) -> web.Response:
    """Count this visit, and say how many there were."""
    session = await aiohttp_session.get_session(request)
    session["visits"] = session.get("visits", 0) + 1
    return web.Response(text=str(session["visits"]))
