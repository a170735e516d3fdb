"""A cookie that was set and not sent back, and the attribute that kept the client from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from workshop.course import ROOT
from workshop.recorder import expressions
from workshop.recorder.client_trace import SentRequest
from workshop.recorder.tracebacks import line_at
from workshop.report import Line

ARGUMENT_NAMES = {
    "secure": ("secure",),
    "path": ("path",),
    "domain": ("domain",),
    "age": ("max_age", "expires"),
}
"""By the kind of an attribute the arguments of `set_cookie` that set it."""


@dataclass(frozen=True, slots=True)
class LostCookie:
    """A cookie that the client did not send back."""

    kind: str
    """A key of `ARGUMENT_NAMES`: the attribute that kept the client from it."""
    name: str
    value: str
    """The value of that attribute."""


def find_lost_cookie(drafts: Sequence[SentRequest]) -> LostCookie | None:
    """Return a cookie that the last request of a check lacks, with the reason, if there is one."""
    requests = [draft for draft in drafts if not draft.inner]
    if not requests:
        return None
    *before, last = requests
    sent = {part.partition("=")[0].strip() for part in _header(last.headers, "cookie").split(";")}
    cookies = {name: attributes for draft in before for name, attributes in _set_cookies(draft)}
    for name, (value, attributes) in cookies.items():
        if name not in sent and value.strip('"'):
            for kind, why in _reasons(attributes, last):
                return LostCookie(kind, name, why)
    return None


def attribute_line(found: LostCookie, near: Line | None) -> Line | None:
    """Return the line that sets the attribute, in the file of the line `near`, or None."""
    path = str(ROOT / near.file) if near else ""
    number = expressions.line_of_keyword(path, *ARGUMENT_NAMES[found.kind])
    return line_at(path, number) if number else None


def _reasons(attributes: dict[str, str], last: SentRequest) -> Iterator[tuple[str, str]]:
    """Yield what keeps a client from sending a cookie with a request over plain HTTP."""
    if _is_expired(attributes):
        yield "age", attributes.get("max-age", attributes.get("expires", ""))
    path = attributes.get("path", "/")
    if path.startswith("/") and not _is_below(last.target.partition("?")[0], path):
        yield "path", path
    host = _header(last.headers, "host").rpartition(":")[0]
    domain = attributes.get("domain", "").lstrip(".")
    if domain and host and domain != host and not host.endswith(f".{domain}"):
        yield "domain", domain
    if "secure" in attributes:
        yield "secure", ""


def _is_below(target: str, path: str) -> bool:
    return target == path or target.startswith(path if path.endswith("/") else f"{path}/")


def _is_expired(attributes: dict[str, str]) -> bool:
    if "max-age" in attributes:
        return bool(re.fullmatch(r"0|-\d+", attributes["max-age"]))
    try:
        until = parsedate_to_datetime(attributes["expires"])
    except (KeyError, ValueError, TypeError):
        return False
    return (until if until.tzinfo else until.replace(tzinfo=UTC)) <= datetime.now(UTC)


def _set_cookies(draft: SentRequest) -> Iterator[tuple[str, tuple[str, dict[str, str]]]]:
    """Yield the cookies that an answer sets: name, value, and attributes in small letters."""
    answer = draft.response_message()
    for header, text in answer.headers if answer else ():
        if header.lower() == "set-cookie":
            first, *rest = text.split(";")
            name, _, value = first.partition("=")
            attributes = (part.strip().partition("=")[::2] for part in rest)
            yield name.strip(), (value, {key.lower(): given for key, given in attributes})


def _header(headers: Iterable[tuple[str, str]], name: str) -> str:
    return next((value for other, value in headers if other.lower() == name), "")
