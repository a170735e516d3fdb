"""The redirect is returned, not raised: deprecated, and to be removed.

check: test_follow
says: GET on a link answers 302
"""


async def follow(request: web.Request) -> web.Response:
    """Send the browser where the link leads."""
    links, number = request.app[LINKS], int(request.match_info["number"])
    if number > len(links):
        raise web.HTTPNotFound(text="There is no such link")
    return web.HTTPFound(links[number - 1])
