"""Which route of an application matched a request, or which ones come nearest."""

from __future__ import annotations

import contextlib
import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from aiohttp import web
from aiohttp.web_urldispatcher import AbstractRoute

from workshop.course import ROOT
from workshop.recorder import expressions
from workshop.recorder.tracebacks import line_at, place_of
from workshop.report import Line

NEAREST = 3
"""Routes that are named when none matched."""
PART = re.compile(r"\{([A-Za-z_]\w*)(?::((?:[^{}]|\{[^{}]*\})+))?\}")
"""A variable part of a route, with its name and its pattern."""
PLAIN = "[^{}/]+"
"""What a variable part takes that has no pattern."""
LOOSE = "[^/]*"
CONVERTERS = {"int", "str", "string", "float", "path", "uuid", "slug", "any", "date"}
"""Types of variable parts in other frameworks."""
ELSEWHERE = {
    "angle": re.compile(r"<(?:(\w+)\s*:\s*)?(\w+)>"),
    "colon": re.compile(r"(?<=/):(\w+)\??"),
    "square": re.compile(r"\[(?:\.\.\.)?(\w+)\]"),
    "dollar": re.compile(r"(?<=/)\$(\w+)|%\(?(\w*)\)?s"),
    "group": re.compile(r"\(\?P<(\w+)>[^)]*\)"),
    "star": re.compile(r"(?<=/)\*(\w*)$"),
}
"""How variable parts are written in other frameworks."""


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
    why: tuple[str, str, Line | None] | None = None
    """Of a 404: the kind of the reason, what belongs to it, and the line of the route that would
    fit but for that; None where there is no such route."""
    function: object = field(default=None, repr=False, compare=False)
    """The handler itself."""


def match(request: web.Request, app: web.Application) -> Match:
    """Return what an application's router found for a request."""
    found = request.match_info
    if found.http_exception is not None:
        nearest = tuple(_nearest(request, app))
        status = found.http_exception.status
        why = _why(request.path, app) if status == 404 else None  # of a 405 the path is right
        return Match(status, nearest=nearest, why=why)
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


def _why(path: str, app: web.Application) -> tuple[str, str, Line | None] | None:
    """Return why no route fits a path, where one would but for a single thing."""
    known = [r for r in app.router.routes() if r.resource is not None and r.method != "HEAD"]
    for reason in (_pattern, _spelling, _slash, _capitals, _prefix, _query):
        for route in known:
            with contextlib.suppress(re.error, IndexError):  # patterns are the learner's
                if found := reason(route, path):
                    return *found, _line(route)
    return None


def _line(route: AbstractRoute) -> Line | None:
    """Return the line of the file of a route's handler on which its path is written, if any."""
    handler = place_of(route.handler)
    path = str(ROOT / handler.file) if handler else ""
    number = expressions.given(path, _written(route))
    return line_at(path, number) if number else None


def _pattern(route: AbstractRoute, path: str) -> tuple[str, str] | None:
    """Return which part of a route's pattern does not take what stands in a path."""
    written = _written(route)
    parts = dict(PART.findall(written))
    loose = _regex(written, dict.fromkeys(parts, LOOSE))
    if not any(parts.values()) or not (found := re.fullmatch(loose, path)):
        return None
    for name, pattern in parts.items():
        value = found[name]
        if not re.fullmatch(pattern or PLAIN, value):
            other = "Converter" if pattern in CONVERTERS or name in CONVERTERS else "Pattern"
            word = name if name not in CONVERTERS else pattern
            return other, f"{name}:{pattern or PLAIN} {value or 'nothing'} {word} {_name(route)}"
    return None


def _spelling(route: AbstractRoute, path: str) -> tuple[str, str] | None:
    """Return in which spelling of another framework a route is written that means this path."""
    written = _written(route)
    if "?" in written and _matches(written.partition("?")[0], path):
        return "Query in route", written
    for kind, pattern in ELSEWHERE.items():
        found = pattern.search(written)
        if found and _matches(pattern.sub(r"{x}", written), path):
            name = next((group for group in reversed(found.groups()) if group), "") or "name"
            return "Spelt as elsewhere", f"{kind} {found[0]} {name}"
    return None


def _slash(route: AbstractRoute, path: str) -> tuple[str, str] | None:
    written = _written(route)
    other = written.rstrip("/") if written.endswith("/") else f"{written}/"
    if _matches(other, path):
        who = "route" if written.endswith("/") else "request"
        return "Slash", f"{who} {written} {path}"
    return None


def _capitals(route: AbstractRoute, path: str) -> tuple[str, str] | None:
    written = _written(route)
    fits = re.fullmatch(_regex(written, dict(PART.findall(written))), path, re.IGNORECASE)
    return ("Capitals", f"{written} {path}") if fits else None


def _prefix(route: AbstractRoute, path: str) -> tuple[str, str] | None:
    """Return that a route has an address in it, where only its path belongs."""
    written = _written(route)
    rest = re.sub(r"^/?https?://[^/]+", "", written)
    return ("Address in route", rest) if rest != written and _matches(rest, path) else None


def _query(route: AbstractRoute, path: str) -> tuple[str, str] | None:
    written = _written(route)
    return ("Query never", f"{written} {path}") if "?" in PART.sub("", written) else None


def _matches(written: str, path: str) -> bool:
    """Say whether a path would fit a route that is written so."""
    return bool(re.fullmatch(_regex(written, dict(PART.findall(written))), path))


def _regex(written: str, parts: Mapping[str, str]) -> str:
    """Return the pattern of a route, with these patterns for its variable parts."""
    fixed = PART.split(written)[::3]
    names = [name for name, _ in PART.findall(written)]
    inside = [f"(?P<{name}>{parts[name] or PLAIN})" for name in dict.fromkeys(names)]
    return "".join(map(str.__add__, map(re.escape, fixed), [*inside, ""]))


def _written(route: AbstractRoute) -> str:
    """Return the path of a route as its maker wrote it, but for prefixes."""
    resource = route.resource
    known = resource.canonical if resource else "?"
    given = str(getattr(resource, "_orig_path", ""))
    formatted = PART.sub(r"{\1}", given)
    if given and known.endswith(formatted):
        return known.removesuffix(formatted) + given
    return unquote(known)


def _name(route: AbstractRoute) -> str:
    return f"{route.method} {_written(route)}"


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
