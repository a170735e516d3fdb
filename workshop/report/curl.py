"""The curl command that sends a request again."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable, Iterator

APP_URL = "http://127.0.0.1:8080"
"""Where `python -m workshop run` serves an app."""
IMPLIED_HEADERS = frozenset({"host", "accept-encoding", "user-agent", "content-length"})
"""Request headers that curl sends by itself, or that any client sends."""
URLENCODED = "application/x-www-form-urlencoded"
FORM_PART = re.compile(
    r'Content-Disposition: form-data; name="([^"]*)"(?:; filename="([^"]*)")?[^\r\n]*\r\n'
    r"(?:[^\r\n]+\r\n)*\r\n(.*?)(\r\n--|\Z)",
    re.DOTALL | re.IGNORECASE,
)


def curl(
    method: str,
    target: str,
    headers: Iterable[tuple[str, str]] = (),
    body: str = "",
    windows: bool = os.name == "nt",
    *,
    cut: bool = False,
    file: bool = False,
) -> str:
    """Return a command that sends a request to the app as `python -m workshop run` serves it.

    `target` is a path with its query, or a whole URL; `body` is text, or only its beginning where
    it is `cut`, or the name of a `file` for one that is no text. A multipart form is sent as such,
    its files by their names; one that lacks its end is sent as it is. Quoted for a POSIX shell, or
    for Windows.
    """
    headers = list(headers)
    parts = list(_form_words(headers, body, cut))
    words = ["curl.exe" if windows else "curl", "-i"]
    if set(target) & set("[]{}"):
        words.append("-g")  # these mean something to curl
    if method == "HEAD":
        words.append("-I")
    elif method != ("POST" if body else "GET"):
        words += ["-X", method]
    for name, value in headers:
        if _needs_header(name.lower(), value, body, bool(parts)):
            words += ["-H", f"{name}: {value}" if value else f"{name};"]
    whole = ["--data-binary", f"@{body}"] if file else ["--data-raw", body]
    words += parts or (whole if body else [])
    words.append(target if "://" in target else APP_URL + target)
    return " ".join(map(_quote_windows, words)) if windows else shlex.join(words)


def _needs_header(name: str, value: str, body: str, form: bool) -> bool:
    """Say whether a header has to be given to curl, because it would send another or none."""
    if name == "accept":
        return value != "*/*"
    if name == "connection":
        return value.lower() == "upgrade"
    if name == "content-type" and body:
        return not form and value != URLENCODED
    if name == "transfer-encoding" and form:
        return False
    return name not in IMPLIED_HEADERS


def _form_words(headers: list[tuple[str, str]], body: str, cut: bool) -> Iterator[str]:
    """Yield curl's words for the fields of a multipart form; nothing for any other body."""
    if any(n.lower() == "content-type" and v.startswith("multipart/form-data") for n, v in headers):
        found = FORM_PART.findall(body)
        if not cut and not all(end for *_, end in found):
            return  # a form without its end is no form that curl would send
        for name, filename, value, _ in found:
            yield "-F"
            yield f"{name}=@{filename}" if filename else f"{name}={value}"


def _quote_windows(word: str) -> str:
    r"""Return a word as cmd and PowerShell 7 take it: in double quotes, `\"` for a quote."""
    if word and not set(word) & set(" \t\r\n\"'&|<>^();,"):
        return word
    *quoted, last = word.replace("\r", "").replace("\n", " ").split('"')
    parts = [*(f'{_double_backslashes(part)}\\"' for part in quoted), _double_backslashes(last)]
    return f'"{"".join(parts)}"'


def _double_backslashes(part: str) -> str:
    """Return a text whose last backslashes do not escape the quote that follows."""
    return part + "\\" * (len(part) - len(part.rstrip("\\")))
