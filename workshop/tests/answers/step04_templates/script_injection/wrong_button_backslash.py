"""The quote gets a backslash, but a backslash of the guest undoes that.

check: test_button
says: break out of the string
"""

import logging
import os
from dataclasses import dataclass

import aiohttp_jinja2
import jinja2
from aiohttp import web
from markupsafe import escape

from steps.step04_templates.parsing import read_form
from steps.step04_templates.posts import text_of

ROOM = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """What a guest left: a name, the address of a site, a text."""

    name: str
    site: str
    text: str


BOOK = web.AppKey("book", list[Entry])

PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Guest book</title>
<script>function greet(name) { alert("Hello, " + name); }</script>
<h1>Guest book</h1>
{% for entry in book %}
<article data-name="{{ entry.name }}"><h2>{{ entry.name }}</h2>
<p>{{ entry.text }}</p>
{% if entry.site.startswith(("https://", "http://")) %}
  <p><a href="{{ entry.site }}">{{ entry.site }}</a></p>
{% endif %}
<p><button onclick="greet('{{ entry.name | replace("'", "\\'") }}')">Greet</button></p>
</article>
{% endfor %}
<form method="post">
  <p><label>Name <input name="name"></label></p>
  <p><label>Site <input name="site"></label></p>
  <p><label>Text <textarea name="text"></textarea></label></p>
  <p><button>Sign</button></p>
</form>
"""


@aiohttp_jinja2.template("page.html")
async def read(request: web.Request) -> dict[str, object]:
    """Show the guest book."""
    return {"book": request.app[BOOK]}


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
    raise web.HTTPSeeOther(request.app.router["thanks"].url_for().with_query(name=entry.name))


async def thanks(request: web.Request) -> web.Response:
    """Thank a guest by name."""
    name = request.query.get("name", "guest")
    page = f'<!doctype html><p>Thank you, {escape(name)}! <a href="/">The book</a></p>'
    return web.Response(text=page, content_type="text/html")


def create_app() -> web.Application:
    """Make the application with an empty guest book."""
    app = web.Application()
    app[BOOK] = []
    aiohttp_jinja2.setup(app, loader=jinja2.DictLoader({"page.html": PAGE}))
    app.add_routes(
        [web.get("/", read), web.post("/", sign), web.get("/thanks", thanks, name="thanks")]
    )
    return app


def main() -> None:
    """Serve the guest book on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
