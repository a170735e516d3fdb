"""The filter is never given to the templates.

check: test_words
says: 500 came, 200 was wanted
"""


def create_app() -> web.Application:
    """Make the application, its templates and its first letters."""
    app = web.Application()
    app[LETTERS] = [Letter("On the Bernoulli numbers", date(1843, 7, 10)), Letter("Thanks", None)]
    aiohttp_jinja2.setup(
        app,
        loader=jinja2.DictLoader({"list.html": LIST}),
    )
    app.add_routes([web.get("/", list_letters)])
    return app
