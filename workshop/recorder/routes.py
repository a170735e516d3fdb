"""The route of an application that matches a request, or the nearest routes and the reason."""

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
from workshop.recorder.tracebacks import definition_line, line_at
from workshop.report import Line

NEAREST = 3
"""Routes that a report names when none matched."""
VARIABLE_PART = re.compile(r"\{([A-Za-z_]\w*)(?::((?:[^{}]|\{[^{}]*\})+))?\}")
"""A variable part of a route: its name and its pattern."""
DEFAULT_PATTERN = "[^{}/]+"
"""The pattern of a variable part without one of its own."""
ANY_SEGMENT = "[^/]*"
CONVERTERS = {"int", "str", "string", "float", "path", "uuid", "slug", "any", "date"}
"""Types of variable parts in other frameworks."""
OTHER_FRAMEWORKS = {
    "angle": re.compile(r"<(?:(\w+)\s*:\s*)?(\w+)>"),
    "colon": re.compile(r"(?<=/):(\w+)\??"),
    "square": re.compile(r"\[(?:\.\.\.)?(\w+)\]"),
    "dollar": re.compile(r"(?<=/)\$(\w+)|%\(?(\w*)\)?s"),
    "group": re.compile(r"\(\?P<(\w+)>[^)]*\)"),
    "star": re.compile(r"(?<=/)\*(\w*)$"),
}
"""The syntax of variable parts in other frameworks."""


@dataclass(frozen=True, slots=True)
class RouteMatch:
    """The result of the router for a request."""

    status: int = 200
    """404 or 405 when no route matched."""
    route: str | None = None
    """As "GET /greet/{name}"."""
    handler: str | None = None
    line: Line | None = None
    """Where the handler begins."""
    nearest: tuple[str, ...] = ()
    reason: tuple[str, str, Line | None] | None = None
    """Of a 404: the kind of the reason, what belongs to it, and the line of the route that would
    fit but for that; None where there is no such route."""
    function: object = field(default=None, repr=False, compare=False)
    """The handler itself."""


def match_route(request: web.Request, app: web.Application) -> RouteMatch:
    """Return the route of an application's router for a request."""
    found = request.match_info
    if found.http_exception is not None:
        nearest = tuple(_nearest(request, app))
        status = found.http_exception.status
        why = _reason(request.path, app) if status == 404 else None  # of a 405 the path is right
        return RouteMatch(status, nearest=nearest, reason=why)
    handler = found.handler
    method = getattr(handler, request.method.lower(), None) if isinstance(handler, type) else None
    name = getattr(method or handler, "__qualname__", type(handler).__name__)
    place = definition_line(method) or definition_line(handler)
    return RouteMatch(200, _route_name(found.route), name, place, function=method or handler)


def _nearest(request: web.Request, app: web.Application) -> list[str]:
    """Return the routes for the same path with another method, else those with a similar path."""
    path = request.path
    known = [r for r in app.router.routes() if r.resource is not None and r.method != "HEAD"]
    same = list(dict.fromkeys(_route_name(route) for route in known if _matches_path(route, path)))
    if same:
        return same[:NEAREST]
    return list(
        dict.fromkeys(_route_name(r) for r in sorted(known, key=lambda r: -_similarity(r, path)))
    )[:NEAREST]


def _reason(path: str, app: web.Application) -> tuple[str, str, Line | None] | None:
    """Return the reason why no route matches a path, where one would but for a single thing."""
    known = [r for r in app.router.routes() if r.resource is not None and r.method != "HEAD"]
    for reason in (_pattern, _spelling, _slash, _letter_case, _prefix, _query):
        for route in known:
            with contextlib.suppress(re.error, IndexError):  # patterns are the learner's
                if found := reason(route, path):
                    return *found, _path_line(route)
    return None


def _path_line(route: AbstractRoute) -> Line | None:
    """Return the line that declares a route's path, in the file of its handler, or None."""
    handler = definition_line(route.handler)
    path = str(ROOT / handler.file) if handler else ""
    number = expressions.line_passing(path, _declared_path(route))
    return line_at(path, number) if number else None


def _pattern(route: AbstractRoute, path: str) -> tuple[str, str] | None:
    """Return the variable part of a route whose pattern does not match the path."""
    written = _declared_path(route)
    parts = dict(VARIABLE_PART.findall(written))
    loose = _regex(written, dict.fromkeys(parts, ANY_SEGMENT))
    if not any(parts.values()) or not (found := re.fullmatch(loose, path)):
        return None
    for name, pattern in parts.items():
        value = found[name]
        if not re.fullmatch(pattern or DEFAULT_PATTERN, value):
            other = "Converter" if pattern in CONVERTERS or name in CONVERTERS else "Pattern"
            word = name if name not in CONVERTERS else pattern
            required = pattern or DEFAULT_PATTERN
            return other, f"{name}:{required} {value or 'nothing'} {word} {_route_name(route)}"
    return None


def _spelling(route: AbstractRoute, path: str) -> tuple[str, str] | None:
    """Return the syntax of another framework in which a route is declared for this path."""
    written = _declared_path(route)
    if "?" in written and _declared_matches(written.partition("?")[0], path):
        return "Query in route", written
    for kind, pattern in OTHER_FRAMEWORKS.items():
        found = pattern.search(written)
        if found and _declared_matches(pattern.sub(r"{x}", written), path):
            name = next((group for group in reversed(found.groups()) if group), "") or "name"
            return "Spelt as elsewhere", f"{kind} {found[0]} {name}"
    return None


def _slash(route: AbstractRoute, path: str) -> tuple[str, str] | None:
    written = _declared_path(route)
    other = written.rstrip("/") if written.endswith("/") else f"{written}/"
    if _declared_matches(other, path):
        who = "route" if written.endswith("/") else "request"
        return "Slash", f"{who} {written} {path}"
    return None


def _letter_case(route: AbstractRoute, path: str) -> tuple[str, str] | None:
    written = _declared_path(route)
    fits = re.fullmatch(_regex(written, dict(VARIABLE_PART.findall(written))), path, re.IGNORECASE)
    return ("Capitals", f"{written} {path}") if fits else None


def _prefix(route: AbstractRoute, path: str) -> tuple[str, str] | None:
    """Return that a route is declared with a whole URL instead of a path."""
    written = _declared_path(route)
    rest = re.sub(r"^/?https?://[^/]+", "", written)
    return ("Address in route", rest) if rest != written and _declared_matches(rest, path) else None


def _query(route: AbstractRoute, path: str) -> tuple[str, str] | None:
    written = _declared_path(route)
    return ("Query never", f"{written} {path}") if "?" in VARIABLE_PART.sub("", written) else None


def _declared_matches(written: str, path: str) -> bool:
    """Return whether a declared route matches a path."""
    return bool(re.fullmatch(_regex(written, dict(VARIABLE_PART.findall(written))), path))


def _regex(written: str, parts: Mapping[str, str]) -> str:
    """Return the pattern of a route, with these patterns for its variable parts."""
    fixed = VARIABLE_PART.split(written)[::3]
    names = [name for name, _ in VARIABLE_PART.findall(written)]
    inside = [f"(?P<{name}>{parts[name] or DEFAULT_PATTERN})" for name in dict.fromkeys(names)]
    return "".join(map(str.__add__, map(re.escape, fixed), [*inside, ""]))


def _declared_path(route: AbstractRoute) -> str:
    """Return the path of a route as it was declared, with the prefixes of its subapps."""
    resource = route.resource
    known = resource.canonical if resource else "?"
    given = str(getattr(resource, "_orig_path", ""))
    formatted = VARIABLE_PART.sub(r"{\1}", given)
    if given and known.endswith(formatted):
        return known.removesuffix(formatted) + given
    return unquote(known)


def _route_name(route: AbstractRoute) -> str:
    return f"{route.method} {_declared_path(route)}"


def _matches_path(route: AbstractRoute, path: str) -> bool:
    info = route.resource.get_info() if route.resource else {}
    pattern = info.get("pattern")
    return info.get("path") == path or bool(pattern and pattern.fullmatch(path))


def _similarity(route: AbstractRoute, path: str) -> float:
    """Return how alike a route's path and a request's are, from 0 to 1."""
    canonical = route.resource.canonical if route.resource else ""
    filled = "/".join(_filled(canonical.split("/"), path.split("/")))
    return difflib.SequenceMatcher(None, filled, path).ratio()


def _filled(parts: list[str], asked: list[str]) -> Iterator[str]:
    """Yield the parts of a route's path, its variable ones as the request has them."""
    for at, part in enumerate(parts):
        yield asked[at] if "{" in part and at < len(asked) else part
