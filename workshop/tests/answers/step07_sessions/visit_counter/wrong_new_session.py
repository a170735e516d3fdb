"""Every visit begins a new session.

check: test_counts
says: wanted
"""


async def index(request: web.Request) -> web.Response:
    """Count this visit, and say how many there were."""
    session = await aiohttp_session.new_session(request)
    session["visits"] = session.get("visits", 0) + 1
    return web.json_response({"visits": session["visits"]})
