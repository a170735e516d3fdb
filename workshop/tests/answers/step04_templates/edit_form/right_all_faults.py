"""Every fault is collected, with an address that is relative."""

import logging
import os
from collections.abc import Mapping

import aiohttp_jinja2
import jinja2
from aiohttp import web

from steps.step04_templates.parsing import ID, id_of, or_404, read_form
from steps.step04_templates.posts import LIMITS, Post, text_of


async def change(request: web.Request) -> web.Response:
    """Take the form and go on to the post; a fault shows the form once more."""
    post = or_404(request.app[POSTS].get(id_of(request)))
    form = await read_form(request)
    faults, fields = [], {}
    for name in ("title", "text", "editor"):
        try:
            fields[name] = text_of(form, name, LIMITS[name])
            if name == "editor" and not fields[name].isalnum():
                raise ValueError("editor must be letters and digits only")
        except ValueError as error:
            faults.append(str(error))
    if faults:
        return form_page(request, form, "; ".join(faults), status=422)
    request.app[POSTS][post.id] = Post(id=post.id, owner=post.owner, **fields)
    raise web.HTTPSeeOther(f"../{post.id}")
