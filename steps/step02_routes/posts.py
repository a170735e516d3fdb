"""The blog: posts kept in memory, so they last as long as the server runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import web

ROOM = 200
"""So many posts fit in; a stranger cannot fill the memory."""


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
        if not owner.isalnum():
            raise ValueError("owner must be letters and digits only")
        self.last_id += 1
        self.posts[self.last_id] = Post(self.last_id, title, text, owner, editor=owner)
        return self.posts[self.last_id]


BLOG = web.AppKey("blog", Blog)


def text_of(fields: Mapping[str, object], name: str, limit: int) -> str:
    """Return one field; raises ValueError when it is no text, empty or too long."""
    value = fields.get(name)
    if not isinstance(value, str) or not 0 < len(value.strip()) <= limit:
        raise ValueError(f"{name} must be text of 1 to {limit} characters")
    value.encode()  # JSON can spell half a character; that is a ValueError as well
    return value.strip()


def sample_blog() -> Blog:
    """Make a blog with two posts to look at."""
    blog = Blog()
    blog.add({"title": "Notes on the Analytical Engine", "text": "It weaves.", "owner": "Ada"})
    blog.add({"title": "A moth in relay 70", "text": "The first bug found.", "owner": "Grace"})
    return blog
