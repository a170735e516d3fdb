"""The filter is added to the environment after setup; the zero is stripped."""


def day(value: date | None) -> str:
    """Return the <time> element of a day, or a word where there is no day."""
    if value is None:
        return "no date"
    words = value.strftime("%d %B %Y").lstrip("0")
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), words)


def create_app() -> web.Application:
    """Make the application, its templates and its first letters."""
    app = web.Application()
    app[LETTERS] = [Letter("On the Bernoulli numbers", date(1843, 7, 10)), Letter("Thanks", None)]
    environment = aiohttp_jinja2.setup(
        app,
        loader=jinja2.DictLoader({"list.html": LIST}),
    )
    environment.filters["day"] = day
    app.add_routes([web.get("/", list_letters)])
    return app
