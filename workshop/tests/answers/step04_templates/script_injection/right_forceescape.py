"""tojson once more escaped goes between double quotes; html.escape in the thanks."""

import html
import logging
import os
from dataclasses import dataclass

import aiohttp_jinja2
import jinja2
from aiohttp import web

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
{% if entry.site.startswith(("https://", "http://")) %}
  <p><a href="{{ entry.site }}">{{ entry.site }}</a></p>
{% endif %}
<p><button onclick="greet({{ entry.name | tojson | forceescape }})">Greet</button></p>
</article>
{% endfor %}
<form method="post">
  <p><label>Name <input name="name"></label></p>
  <p><label>Site <input name="site"></label></p>
  <p><label>Text <textarea name="text"></textarea></label></p>
  <p><button>Sign</button></p>
</form>
"""


async def thanks(request: web.Request) -> web.Response:
    """Thank a guest by name."""
    name = request.query.get("name", "guest")
    page = f'<!doctype html><p>Thank you, {html.escape(name)}! <a href="/">The book</a></p>'
    return web.Response(text=page, content_type="text/html")
