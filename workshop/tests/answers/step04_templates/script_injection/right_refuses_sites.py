"""Bad sites are refused at the door, by what yarl makes of them."""

import logging
import os
from dataclasses import dataclass

import aiohttp_jinja2
import jinja2
from aiohttp import web
from markupsafe import escape
from yarl import URL

from steps.step04_templates.parsing import read_form
from steps.step04_templates.posts import text_of

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
<p><a href="{{ entry.site }}">{{ entry.site }}</a></p>
<p><button onclick='greet({{ entry.name | tojson }})'>Greet</button></p>
</article>
{% endfor %}
<form method="post">
  <p><label>Name <input name="name"></label></p>
  <p><label>Site <input name="site"></label></p>
  <p><label>Text <textarea name="text"></textarea></label></p>
  <p><button>Sign</button></p>
</form>
"""


async def sign(request: web.Request) -> web.Response:
    """Take an entry and go on to the thanks."""
    if len(request.app[BOOK]) >= ROOM:
        raise web.HTTPInsufficientStorage(text="The guest book is full")
    form = await read_form(request)
    try:
        entry = Entry(*(text_of(form, name, 200) for name in ("name", "site", "text")))
        if URL(entry.site).scheme not in {"http", "https"}:
            raise ValueError("site must be a web address")
    except ValueError as error:
        raise web.HTTPUnprocessableEntity(text=str(error)) from None
    request.app[BOOK].append(entry)
    raise web.HTTPSeeOther(request.app.router["thanks"].url_for().with_query(name=entry.name))
