"""How a post looks: as HTML, as JSON, as plain text."""

import json
from collections.abc import Callable
from dataclasses import asdict
from html import escape

from .posts import Post


def page(title: str, body: str) -> str:
    """Return a whole page; the body is HTML already, the title is not."""
    head = f'<!doctype html>\n<meta charset="utf-8">\n<title>{escape(title)}</title>'
    return f"{head}\n<h1>{escape(title)}</h1>\n{body}\n"


def as_html(post: Post) -> str:
    """Return a post as a page."""
    return page(post.title, f"<p>{escape(post.text)}</p>\n<p>{escape(post.owner)}</p>")


def as_json(post: Post) -> str:
    """Return a post as JSON."""
    return json.dumps(asdict(post))


def as_text(post: Post) -> str:
    """Return a post as plain text."""
    return f"{post.title}\n\n{post.text}\n\n{post.owner}\n"


FORMATS: dict[str, Callable[[Post], str]] = {
    "text/html": as_html,
    "application/json": as_json,
    "text/plain": as_text,
}
