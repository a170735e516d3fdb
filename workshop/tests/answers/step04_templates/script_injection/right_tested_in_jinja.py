"""A test of its own says what is a web address; quotes are single ones."""

import logging
import os
import re
from dataclasses import dataclass

import aiohttp_jinja2
import jinja2
from aiohttp import web
from markupsafe import escape

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
<article data-name='{{ entry.name | e }}'><h2>{{ entry.name }}</h2>
<p>{{ entry.text }}</p>
{% if entry.site is web_address %}
  <p><a href="{{ entry.site }}">{{ entry.site }}</a></p>
{% endif %}
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


def create_app() -> web.Application:
    """Make the application with an empty guest book."""
    app = web.Application()
    app[BOOK] = []
    environment = aiohttp_jinja2.setup(app, loader=jinja2.DictLoader({"page.html": PAGE}))
    environment.tests["web_address"] = re.compile("https?://[^/]").match
    app.add_routes(
        [web.get("/", read), web.post("/", sign), web.get("/thanks", thanks, name="thanks")]
    )
    return app
