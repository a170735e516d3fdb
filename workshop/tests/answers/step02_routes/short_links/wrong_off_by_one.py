"""Link 1 is looked for at index 1, the second place of the list.

check: test_follow
says: GET on a link answers 302 with its own address
"""


async def follow(request: web.Request) -> web.Response:
    """Send the browser where the link leads."""
    links, number = request.app[LINKS], int(request.match_info["number"])
    if number > len(links):
        raise web.HTTPNotFound(text="There is no such link")
    raise web.HTTPFound(links[number % len(links)])
