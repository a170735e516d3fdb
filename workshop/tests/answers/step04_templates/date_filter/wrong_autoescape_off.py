"""Escaping is switched off, so that the element gets through.

check: test_titles_stay_text
says: still shown letter by letter
"""


def day(value: date | None) -> str:
    """Return the <time> element of a day, or a word where there is no day."""
    if value is None:
        return "no date"
    words = f"{value.day} {value:%B %Y}"
    return '<time datetime="{}">{}</time>'.format(value.isoformat(), words)


def create_app() -> web.Application:
    """Make the application, its templates and its first letters."""
    app = web.Application()
    app[LETTERS] = [Letter("On the Bernoulli numbers", date(1843, 7, 10)), Letter("Thanks", None)]
    aiohttp_jinja2.setup(
        app,
        loader=jinja2.DictLoader({"list.html": LIST}),
        autoescape=False,
        filters={"day": day},
    )
    app.add_routes([web.get("/", list_letters)])
    return app
