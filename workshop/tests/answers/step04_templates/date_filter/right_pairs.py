"""The filters come as pairs, and the words for None in an element of their own."""


def day(value: date | None) -> str:
    """Return the <time> element of a day, or a word where there is no day."""
    if value is None:
        return Markup("<em>no date</em>")
    words = f"{value.day} {value:%B %Y}"
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), words)


def create_app() -> web.Application:
    """Make the application, its templates and its first letters."""
    app = web.Application()
    app[LETTERS] = [Letter("On the Bernoulli numbers", date(1843, 7, 10)), Letter("Thanks", None)]
    aiohttp_jinja2.setup(
        app,
        loader=jinja2.DictLoader({"list.html": LIST}),
        filters=[("day", day)],
    )
    app.add_routes([web.get("/", list_letters)])
    return app
