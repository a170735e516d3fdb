"""The handler escapes, and the template does it once more.

check: test_titles_stay_text
says: Tom &amp; Jerry
"""

import html
import logging
import os

import aiohttp_jinja2
import jinja2
from aiohttp import web

from dataclasses import replace

from steps.step04_templates.posts import Post


@aiohttp_jinja2.template("list.html")
async def list_posts(request: web.Request) -> dict[str, object]:
    """Show all posts, the newest first."""
    posts = request.app[POSTS][::-1]
    return {"posts": [replace(post, title=html.escape(post.title)) for post in posts]}
