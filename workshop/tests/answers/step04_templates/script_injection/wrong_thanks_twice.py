"""The thanks are escaped on the way, and again at the end.

check: test_thanks
says: thanks by name
"""


async def sign(request: web.Request) -> web.Response:
    """Take an entry and go on to the thanks."""
    if len(request.app[BOOK]) >= ROOM:
        raise web.HTTPInsufficientStorage(text="The guest book is full")
    form = await read_form(request)
    try:
        entry = Entry(*(text_of(form, name, 200) for name in ("name", "site", "text")))
    except ValueError as error:
        raise web.HTTPUnprocessableEntity(text=str(error)) from None
    request.app[BOOK].append(entry)
    raise web.HTTPSeeOther(request.app.router["thanks"].url_for().with_query(name=str(escape(entry.name))))


async def thanks(request: web.Request) -> web.Response:
    """Thank a guest by name."""
    name = request.query.get("name", "guest")
    page = f'<!doctype html><p>Thank you, {escape(str(escape(name)))}! <a href="/">The book</a></p>'
    return web.Response(text=page, content_type="text/html")
