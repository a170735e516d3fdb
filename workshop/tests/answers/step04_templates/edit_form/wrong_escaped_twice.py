"""What was typed is escaped by hand, and then by the template.

check: test_keeps_what_was_typed
says: letter by letter
"""

import logging
import os
from collections.abc import Mapping

import aiohttp_jinja2
import jinja2
from aiohttp import web
from markupsafe import escape

from steps.step04_templates.parsing import ID, id_of, or_404, read_form
from steps.step04_templates.posts import Post, read_edit


async def change(request: web.Request) -> web.Response:
    """Take the form and go on to the post; a fault shows the form once more."""
    post = or_404(request.app[POSTS].get(id_of(request)))
    form = await read_form(request)
    try:
        fields = read_edit(form)
    except ValueError as error:
        typed = {name: str(escape(value)) for name, value in form.items()}
        return form_page(request, typed, str(error), status=422)
    request.app[POSTS][post.id] = Post(id=post.id, owner=post.owner, **fields)
    raise web.HTTPSeeOther(request.app.router["post"].url_for(id=str(post.id)))
