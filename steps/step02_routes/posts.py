"""The blog: posts kept in memory, so they last as long as the server runs."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import web

MAX_POSTS = 200
"""So many posts fit in; a stranger cannot fill the memory."""
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What no text needs: control characters, and those that turn round the direction of the others."""
BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs, says Unicode, but there is nothing to see."""


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody wrote."""

    id: int
    title: str
    text: str
    owner: str
    editor: str


@dataclass
class Blog:
    """Posts by their id; an id is never given twice."""

    posts: dict[int, Post] = field(default_factory=dict)
    last_id: int = 0

    def add(self, fields: Mapping[str, object]) -> Post:
        """Make a post of what came in; raises ValueError, which says what is wrong."""
        title = text_of(fields, "title", 100)
        text = text_of(fields, "text", 10_000)
        owner = text_of(fields, "owner", 30)
        if not (owner.isascii() and owner.isalnum()):
            raise ValueError("owner must be letters a-z and digits only")
        self.last_id += 1
        self.posts[self.last_id] = Post(self.last_id, title, text, owner, editor=owner)
        return self.posts[self.last_id]


BLOG = web.AppKey("blog", Blog)


def is_seen(character: str) -> bool:
    """Tell whether something stands on the page: a letter, digit, sign; no mark alone, no space."""
    return unicodedata.category(character)[0] in "LNPS" and character not in BLANK


def text_of(fields: Mapping[str, object], name: str, limit: int) -> str:
    """Return one field; raises ValueError when it is no text, empty or too long."""
    value = fields.get(name)
    text = value.strip() if isinstance(value, str) else ""
    if len(text) > limit or not any(map(is_seen, text)):
        raise ValueError(f"{name} must be text of 1 to {limit} characters")
    if CONTROL.search(text):
        raise ValueError(f"{name} must be without control characters")
    text.encode()  # JSON can spell half a character; that is a ValueError as well
    return text


def sample_blog() -> Blog:
    """Make a blog with two posts to look at."""
    blog = Blog()
    blog.add({"title": "Notes on the Analytical Engine", "text": "It weaves.", "owner": "Ada"})
    blog.add({"title": "A moth in relay 70", "text": "The first bug found.", "owner": "Grace"})
    return blog
