"""List the routes of the blog: python -m steps.step02_routes.routes_list."""

import sys
from collections.abc import Iterator

from aiohttp import web

from .app import create_app


def lines(app: web.Application) -> Iterator[str]:
    """Tell method, path and handler of each route, in the order in which they were added."""
    for route in app.router.routes():
        path = route.resource.canonical if route.resource else "?"
        yield f"{route.method:8}{path:18}{route.handler.__name__}\n"


if __name__ == "__main__":
    sys.stdout.writelines(lines(create_app()))
