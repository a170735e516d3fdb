"""The name is written into the answer.

check: test_greets_by_name
says: GET /greet/Grace answers "Hello, Grace!"
"""


async def greet(request: web.Request) -> web.Response:
    """Greet by the name that stands in the path."""
    return web.Response(text="Hello, Ada!")
