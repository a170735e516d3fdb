"""The text is escaped on the way in as well.

check: test_still_works
says: letter by letter
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
    entry = Entry(entry.name, entry.site, str(escape(entry.text)))
    request.app[BOOK].append(entry)
    raise web.HTTPSeeOther(request.app.router["thanks"].url_for().with_query(name=entry.name))
