"""Only the word script is taken out of the thanks.

check: test_thanks
says: thanks by name
"""


async def thanks(request: web.Request) -> web.Response:
    """Thank a guest by name."""
    name = request.query.get("name", "guest")
    page = f'<!doctype html><p>Thank you, {name.replace("script", "")}! <a href="/">The book</a></p>'
    return web.Response(text=page, content_type="text/html")
