"""A list in the session grows; the session does not notice.

check: test_counts
says: wanted
"""


async def index(request: web.Request) -> web.Response:
    """Count this visit, and say how many there were."""
    session = await aiohttp_session.get_session(request)
    if "visits" not in session:
        session["visits"] = []
    session["visits"].append("once")
    return web.json_response({"visits": len(session["visits"])})
