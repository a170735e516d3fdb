"""Keeps its data in classes, and pickles them."""

import pickle
from dataclasses import dataclass

from aiohttp import web


@dataclass(frozen=True)
class Author:
    name: str


async def index(request: web.Request) -> web.Response:
    author = pickle.loads(pickle.dumps(Author("Ada")))
    assert author == Author("Ada")
    return web.Response(text=f"Hello from {author.name}")


def create_app() -> web.Application:
    app = web.Application()
    app.add_routes([web.get("/", index)])
    return app
