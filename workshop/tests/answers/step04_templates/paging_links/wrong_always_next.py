"""The last page has a link forward as well.

check: test_next
says: There is no page /?page=4, and yet the link with rel="next" on /?page=3 leads there
"""

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
{% if before %}<a rel="prev" href="{{ before }}">Back</a>{% endif %}
{% if after %}<a rel="next" href="{{ after }}">Next</a>{% endif %}
"""


def page_number(request: web.Request, last: int) -> int:
    """Return which page the query asks for; a page that is not there is refused."""
    text = request.query.get("page", "1")
    if not re.fullmatch("[1-9][0-9]{0,8}", text) or int(text) > last:
        raise web.HTTPNotFound(text=f"There are pages 1 to {last}")
    return int(text)


def link(request: web.Request, number: int, last: int) -> str | None:
    """Return the address of another page of the same list, if there is one."""
    if number < 1:
        return None
    return str(request.rel_url.update_query(page=number))


@aiohttp_jinja2.template("list.html")
async def list_posts(request: web.Request) -> dict[str, object]:
    """Show one page of the titles that have the word in them."""
    word = request.query.get("word", "")
    found = [title for title in request.app[TITLES] if word.lower() in title.lower()]
    last = max(1, math.ceil(len(found) / SIZE))
    number = page_number(request, last)
    return {
        "word": word,
        "number": number,
        "last": last,
        "titles": found[(number - 1) * SIZE : number * SIZE],
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
