"""A cookie that was set and never came back: which, and what kept the client from sending it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from workshop.course import ROOT
from workshop.recorder import expressions
from workshop.recorder.client_trace import Draft
from workshop.recorder.tracebacks import line_at
from workshop.report import Line

ARGUMENTS = {
    "secure": ("secure",),
    "path": ("path",),
    "domain": ("domain",),
    "age": ("max_age", "expires"),
}
"""By which names the attributes of a cookie are given, by what keeps it away."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What kept a cookie away."""

    kind: str
    """A key of `ARGUMENTS`."""
    name: str
    value: str
    """Of the attribute that did it."""


def lost(drafts: Sequence[Draft]) -> Lost | None:
    """Return a cookie that the last request of a check lacks, with the reason, if there is one."""
    asked = [draft for draft in drafts if not draft.inner]
    if not asked:
        return None
    *before, last = asked
    sent = {part.partition("=")[0].strip() for part in _header(last.headers, "cookie").split(";")}
    known = {name: said for draft in before for name, said in _set(draft)}
    for name, (value, said) in known.items():
        if name not in sent and value.strip('"'):
            for kind, why in _reasons(said, last):
                return Lost(kind, name, why)
    return None


def line_of(found: Lost, near: Line | None) -> Line | None:
    """Return the line that says it, in the file that another line is in; None where none does."""
    path = str(ROOT / near.file) if near else ""
    number = expressions.named(path, *ARGUMENTS[found.kind])
    return line_at(path, number) if number else None


def _reasons(said: dict[str, str], last: Draft) -> Iterator[tuple[str, str]]:
    """Yield what keeps a client from sending a cookie with a request over plain HTTP."""
    if _ended(said):
        yield "age", said.get("max-age", said.get("expires", ""))
    path = said.get("path", "/")
    if path.startswith("/") and not _below(last.target.partition("?")[0], path):
        yield "path", path
    host = _header(last.headers, "host").rpartition(":")[0]
    domain = said.get("domain", "").lstrip(".")
    if domain and host and domain != host and not host.endswith(f".{domain}"):
        yield "domain", domain
    if "secure" in said:
        yield "secure", ""


def _below(asked: str, path: str) -> bool:
    return asked == path or asked.startswith(path if path.endswith("/") else f"{path}/")


def _ended(said: dict[str, str]) -> bool:
    if "max-age" in said:
        return bool(re.fullmatch(r"0|-\d+", said["max-age"]))
    try:
        until = parsedate_to_datetime(said["expires"])
    except (KeyError, ValueError, TypeError):
        return False
    return (until if until.tzinfo else until.replace(tzinfo=UTC)) <= datetime.now(UTC)


def _set(draft: Draft) -> Iterator[tuple[str, tuple[str, dict[str, str]]]]:
    """Yield the cookies that an answer sets: name, value, and attributes in small letters."""
    answer = draft.answer()
    for header, text in answer.headers if answer else ():
        if header.lower() == "set-cookie":
            first, *rest = text.split(";")
            name, _, value = first.partition("=")
            said = (part.strip().partition("=")[::2] for part in rest)
            yield name.strip(), (value, {key.lower(): given for key, given in said})


def _header(headers: Iterable[tuple[str, str]], name: str) -> str:
    return next((value for other, value in headers if other.lower() == name), "")
