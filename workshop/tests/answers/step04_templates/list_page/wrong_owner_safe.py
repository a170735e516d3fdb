"""The owner's name is not escaped.

check: test_titles_stay_text
says: The owners, as shown
"""

import logging
import os

import aiohttp_jinja2
import jinja2
from aiohttp import web

from steps.step04_templates.posts import Post

POSTS = web.AppKey("posts", list[Post])

ADA = Post(1, "Notes on the Analytical Engine", "It weaves patterns.", "Ada", "Ada")
GRACE = Post(2, "A moth in relay 70", "First bug found.", "Grace", "Grace")

BASE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{% block title %}{% endblock %} – The blog</title>
{% block main %}{% endblock %}
"""

LIST = """\
{% extends "base.html" %}
{% block title %}Posts{% endblock %}
{% block main %}
<h1>Posts</h1>
{% for post in posts %}
<p><a href="{{ url('post', id=post.id) }}">{{ post.title }}</a> by {{ post.owner | safe }}</p>
{% else %}
<p>Nobody has written anything yet.</p>
{% endfor %}
{% endblock %}
"""

POST = """\
{% extends "base.html" %}
{% block title %}{{ post.title }}{% endblock %}
{% block main %}
<h1>{{ post.title }}</h1>
<p>{{ post.text }}</p>
{% endblock %}
"""


@aiohttp_jinja2.template("list.html")
async def list_posts(request: web.Request) -> dict[str, object]:
    """Show all posts, the newest first."""
    return {"posts": request.app[POSTS][::-1]}


@aiohttp_jinja2.template("post.html")
async def show(request: web.Request) -> dict[str, object]:
    """Show one post."""
    for post in request.app[POSTS]:
        if str(post.id) == request.match_info["id"]:
            return {"post": post}
    raise web.HTTPNotFound(text="There is no such post")


def create_app() -> web.Application:
    """Make the application, its templates and its first posts, the oldest first."""
    app = web.Application()
    app[POSTS] = [ADA, GRACE]
    templates = {"base.html": BASE, "list.html": LIST, "post.html": POST}
    aiohttp_jinja2.setup(app, loader=jinja2.DictLoader(templates))
    app.add_routes([web.get("/", list_posts), web.get("/{id}", show, name="post")])
    return app


def main() -> None:
    """Serve the posts on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
