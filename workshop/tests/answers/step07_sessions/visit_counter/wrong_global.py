"""One number for everybody.

check: test_each_visitor
says: Another visitor begins with 1
"""


VISITS = {"visits": 0}


async def index(request: web.Request) -> web.Response:
    """Count this visit, and say how many there were."""
    VISITS["visits"] += 1
    (await aiohttp_session.get_session(request)).changed()
    return web.json_response(VISITS)
