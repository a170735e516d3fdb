"""One response is made for all visitors: only the first one gets it.

check: test_greeting
says: the server closed the connection
"""


GREETING = web.Response(text="Hello from Ada")


async def index(request: web.Request) -> web.Response:
    """Greet the reader, by the name of the author."""
    return GREETING
