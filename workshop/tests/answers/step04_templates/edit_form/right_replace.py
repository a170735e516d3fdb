"""dataclasses.replace, and the good case stands in the else."""

import logging
import os
from dataclasses import replace
from collections.abc import Mapping

import aiohttp_jinja2
import jinja2
from aiohttp import web

from steps.step04_templates.parsing import ID, id_of, or_404, read_form
from steps.step04_templates.posts import Post, read_edit


async def change(request: web.Request) -> web.Response:
    """Take the form and go on to the post; a fault shows the form once more."""
    post = or_404(request.app[POSTS].get(id_of(request)))
    form = await read_form(request)
    try:
        changed = replace(post, **read_edit(form))
    except ValueError as error:
        return form_page(request, dict(form), f"Sorry: {error}.", 422)
    request.app[POSTS][post.id] = changed
    raise web.HTTPSeeOther(request.app.router["post"].url_for(id=str(post.id)))
