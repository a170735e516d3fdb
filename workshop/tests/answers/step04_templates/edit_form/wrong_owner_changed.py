"""Who edits becomes the owner.

check: test_changes_the_post
says: owner
"""

import logging
import os
from collections.abc import Mapping

import aiohttp_jinja2
import jinja2
from aiohttp import web

from steps.step04_templates.parsing import ID, id_of, or_404, read_form
from steps.step04_templates.posts import Post, read_edit

POSTS = web.AppKey("posts", dict[int, Post])

ADA = Post(1, "Notes on the Analytical Engine", "It weaves patterns.", "Ada", "Ada")
GRACE = Post(2, "A moth in relay 70", "First bug found.", "Grace", "Grace")

FORM = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Edit</title>
<h1>Edit</h1>
{% if fault %}<p role="alert">{{ fault }}</p>{% endif %}
<form method="post">
  <p><label>Title <input name="title" value="{{ values.title }}"></label></p>
  <p><label>Text <textarea name="text">{{ values.text }}</textarea></label></p>
  <p><label>Your name <input name="editor" value="{{ values.editor }}"></label></p>
  <p><button>Publish</button></p>
</form>
"""

POST = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{{ post.title }}</title>
<h1>{{ post.title }}</h1>
<p>by {{ post.owner }}, edited by {{ post.editor }}</p>
<p>{{ post.text }}</p>
<p><a href="{{ url('edit', id=post.id) }}">Edit</a></p>
"""


@aiohttp_jinja2.template("post.html")
async def show(request: web.Request) -> dict[str, object]:
    """Show a post."""
    return {"post": or_404(request.app[POSTS].get(id_of(request)))}


def form_page(
    request: web.Request, values: Mapping[str, object], fault: str = "", status: int = 200
) -> web.Response:
    """Show the form with these values, and what is wrong with them."""
    context = {"values": values, "fault": fault}
    return aiohttp_jinja2.render_template("form.html", request, context, status=status)


async def edit(request: web.Request) -> web.Response:
    """Show the form with the post in it."""
    post = or_404(request.app[POSTS].get(id_of(request)))
    return form_page(request, {"title": post.title, "text": post.text})


async def change(request: web.Request) -> web.Response:
    """Take the form and go on to the post; a fault shows the form once more."""
    post = or_404(request.app[POSTS].get(id_of(request)))
    form = await read_form(request)
    try:
        fields = read_edit(form)
    except ValueError as error:
        return form_page(request, form, str(error), status=422)
    request.app[POSTS][post.id] = Post(id=post.id, owner=fields["editor"], **fields)
    raise web.HTTPSeeOther(request.app.router["post"].url_for(id=str(post.id)))


def create_app() -> web.Application:
    """Make the application, its templates and its first posts."""
    app = web.Application()
    app[POSTS] = {post.id: post for post in (ADA, GRACE)}
    aiohttp_jinja2.setup(app, loader=jinja2.DictLoader({"form.html": FORM, "post.html": POST}))
    app.add_routes(
        [
            web.get(f"/{ID}", show, name="post"),
            web.get(f"/{ID}/edit", edit, name="edit"),
            web.post(f"/{ID}/edit", change),
        ]
    )
    return app


def main() -> None:
    """Serve the posts on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
