"""The filter returns text, so its element is escaped and shown.

check: test_time_element
says: an element `<time>`
"""

import logging
import os
from dataclasses import dataclass
from datetime import date

import aiohttp_jinja2
import jinja2
from aiohttp import web
from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody wrote, and when, if that is known."""

    title: str
    written: date | None


LETTERS = web.AppKey("letters", list[Letter])

LIST = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Letters</title>
<h1>Letters</h1>
{% for letter in letters %}
<p>{{ letter.title }}, {{ letter.written | day }}</p>
{% endfor %}
"""


def day(value: date | None) -> str:
    """Return the <time> element of a day, or a word where there is no day."""
    if value is None:
        return "no date"
    words = f"{value.day} {value:%B %Y}"
    return f'<time datetime="{value.isoformat()}">{words}</time>'


@aiohttp_jinja2.template("list.html")
async def list_letters(request: web.Request) -> dict[str, object]:
    """Show all letters."""
    return {"letters": request.app[LETTERS]}


def create_app() -> web.Application:
    """Make the application, its templates and its first letters."""
    app = web.Application()
    app[LETTERS] = [Letter("On the Bernoulli numbers", date(1843, 7, 10)), Letter("Thanks", None)]
    aiohttp_jinja2.setup(
        app,
        loader=jinja2.DictLoader({"list.html": LIST}),
        filters={"day": day},
    )
    app.add_routes([web.get("/", list_letters)])
    return app


def main() -> None:
    """Serve the letters on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
