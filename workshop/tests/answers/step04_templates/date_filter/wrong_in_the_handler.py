"""The handler writes the days; the templates have no filter.

check: test_any_template
says: no filter of this name
"""

LIST = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Letters</title>
<h1>Letters</h1>
{% for letter in letters %}
<p>{{ letter.title }}, {{ letter.written }}</p>
{% endfor %}
"""


@aiohttp_jinja2.template("list.html")
async def list_letters(request: web.Request) -> dict[str, object]:
    """Show all letters."""
    letters = [(letter.title, day(letter.written)) for letter in request.app[LETTERS]]
    return {"letters": [{"title": title, "written": written} for title, written in letters]}


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
