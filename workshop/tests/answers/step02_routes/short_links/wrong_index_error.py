"""A link that was never given is an IndexError, and so a 500.

check: test_unknown_link
says: A link that was never given is a 404
"""


async def follow(request: web.Request) -> web.Response:
    """Send the browser where the link leads."""
    links, number = request.app[LINKS], int(request.match_info["number"])
    raise web.HTTPFound(links[number - 1])
