"""A long list in pages, with links to the page before and the page after."""

import logging
import math
import os
import re
from string import ascii_uppercase

import aiohttp_jinja2
import jinja2
from aiohttp import web

TITLES = web.AppKey("titles", list[str])
SIZE = 5
"""So many titles stand on one page."""

LIST = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Posts</title>
<h1>Posts</h1>
<form><input name="word" value="{{ word }}"> <button>Search</button></form>
<ul>
{% for title in titles %}
<li>{{ title }}</li>
{% endfor %}
</ul>
<p>Page {{ number }} of {{ last }}</p>
{# TODO: Show the links to the page before and after, with rel="prev" and rel="next". #}
"""


def page_number(request: web.Request, last: int) -> int:
    """Return which page the query asks for; a page that is not there is refused."""
    # TODO: Return the number; a page that is not there is web.HTTPNotFound.
    return 1


def link(request: web.Request, number: int, last: int) -> str | None:
    """Return the address of another page of the same list, if there is one."""
    # TODO: Return this address with that page, the rest of its query kept; None for no such page.
    return None


@aiohttp_jinja2.template("list.html")
async def list_posts(request: web.Request) -> dict[str, object]:
    """Show one page of the titles that have the word in them."""
    word = request.query.get("word", "")
    found = [title for title in request.app[TITLES] if word.lower() in title.lower()]
    # TODO: Find out how many pages there are, and which one is asked for.
    last = 1
    number = page_number(request, last)
    return {
        "word": word,
        "number": number,
        "last": last,
        # TODO: Give the template only the titles of this page.
        "titles": found,
        "before": link(request, number - 1, last),
        "after": link(request, number + 1, last),
    }


def create_app() -> web.Application:
    """Make the application, its template and twelve titles."""
    app = web.Application()
    app[TITLES] = [f"Note {letter}" for letter in ascii_uppercase[:12]]
    aiohttp_jinja2.setup(app, loader=jinja2.DictLoader({"list.html": LIST}))
    app.add_routes([web.get("/", list_posts)])
    return app


def main() -> None:
    """Serve the list on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
