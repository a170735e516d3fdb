"""The thanks are still put together without escape.

check: test_thanks
says: runs nothing
"""


async def thanks(request: web.Request) -> web.Response:
    """Thank a guest by name."""
    name = request.query.get("name", "guest")
    page = f'<!doctype html><p>Thank you, {name}! <a href="/">The book</a></p>'
    return web.Response(text=page, content_type="text/html")
