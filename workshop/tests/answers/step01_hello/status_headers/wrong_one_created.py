"""One response is made for all who create: only the first one gets it.

check: test_create
says: the server closed the connection
"""


CREATED = web.Response(status=201, headers={"Location": "/posts/1"})


async def create_post(request: web.Request) -> web.Response:
    """Say that a post was made, and where it is."""
    return CREATED
