"""Which route of an application matched a request, or which ones come nearest."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.web_urldispatcher import AbstractRoute

from workshop.evidence.tracing import place_of
from workshop.report import Line

NEAREST = 3
"""Routes that are named when none matched."""


@dataclass(frozen=True, slots=True)
class Match:
    """What the router found for a request."""

    status: int = 200
    """404 or 405 when no route matched."""
    route: str | None = None
    """As "GET /greet/{name}"."""
    handler: str | None = None
    place: Line | None = None
    """Where the handler begins."""
    nearest: tuple[str, ...] = ()
    function: object = field(default=None, repr=False, compare=False)
    """The handler itself."""


def match(request: web.Request, app: web.Application) -> Match:
    """Return what an application's router found for a request."""
    found = request.match_info
    if found.http_exception is not None:
        return Match(found.http_exception.status, nearest=tuple(_nearest(request, app)))
    handler = found.handler
    method = getattr(handler, request.method.lower(), None) if isinstance(handler, type) else None
    name = getattr(method or handler, "__qualname__", type(handler).__name__)
    place = place_of(method) or place_of(handler)
    return Match(200, _name(found.route), name, place, function=method or handler)


def _nearest(request: web.Request, app: web.Application) -> list[str]:
    """Return the routes for the same path with another method, else those with a similar path."""
    path = request.path
    known = [r for r in app.router.routes() if r.resource is not None and r.method != "HEAD"]
    same = list(dict.fromkeys(_name(route) for route in known if _fits(route, path)))
    if same:
        return same[:NEAREST]
    return list(dict.fromkeys(_name(r) for r in sorted(known, key=lambda r: -_alike(r, path))))[
        :NEAREST
    ]


def _name(route: AbstractRoute) -> str:
    return f"{route.method} {route.resource.canonical if route.resource else '?'}"


def _fits(route: AbstractRoute, path: str) -> bool:
    info = route.resource.get_info() if route.resource else {}
    pattern = info.get("pattern")
    return info.get("path") == path or bool(pattern and pattern.fullmatch(path))


def _alike(route: AbstractRoute, path: str) -> float:
    """Return how alike a route's path and a request's are, from 0 to 1."""
    canonical = route.resource.canonical if route.resource else ""
    filled = "/".join(_filled(canonical.split("/"), path.split("/")))
    return difflib.SequenceMatcher(None, filled, path).ratio()


def _filled(parts: list[str], asked: list[str]) -> Iterator[str]:
    """Yield the parts of a route's path, its variable ones as the request has them."""
    for at, part in enumerate(parts):
        yield asked[at] if "{" in part and at < len(asked) else part
