"""A cookie that is not sent back: the advice names the attribute only where it is certain."""

from __future__ import annotations

from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from workshop.advice.cookies import find_lost_cookie
from workshop.recorder.client_trace import SentRequest
from workshop.report import Message
from workshop.terminal import exchange_text
from workshop.terminal.page import Page


def asked(target: str, cookie: str = "", *came: str, inner: bool = False) -> Any:
    """Return a request whose answer sets these cookies."""
    headers = (("Host", "127.0.0.1:8080"), *([("Cookie", cookie)] if cookie else []))
    raw = [(b"Set-Cookie", words.encode()) for words in came]
    response = SimpleNamespace(
        status=200, reason="OK", version=None, raw_headers=raw, content_length=0
    )
    return SentRequest("GET", target, headers, inner, response=response)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("came", "target", "kind", "value"),
    [
        ("n=1; Path=/; Secure", "/", "secure", ""),
        ("n=1; Path=/admin", "/", "path", "/admin"),
        ("n=1; Path=/admin", "/administer", "path", "/admin"),
        ("n=1; Domain=example.org", "/", "domain", "example.org"),
        ("n=1; Max-Age=0", "/", "age", "0"),
        ("n=1; max-age=-5", "/", "age", "-5"),
        ("n=1; expires=Thu, 01 Jan 1970 00:00:00 GMT", "/", "age", "Thu, 01 Jan 1970 00:00:00 GMT"),
    ],
)
def test_reason(came, target, kind, value):
    """The attribute that keeps a cookie from being sent is named, with its value."""
    found = find_lost_cookie([asked("/login", "", came), asked(target)])
    assert found is not None
    assert (found.kind, found.name, found.value) == (kind, "n", value)


@pytest.mark.parametrize(
    ("came", "sent"),
    [
        ("n=1; Path=/", ""),  # another client may ask next
        ("n=1; Path=/; Secure", "n=1"),
        ('n=""; Max-Age=0', ""),  # it was deleted
        ("n=1; Max-Age=60", "m=2"),
        ("n=1; expires=soon", ""),
        ("n=1; Path=/a", "n=0"),
    ],
)
def test_no_reason(came, sent):
    """No cookie is named that was sent back, was deleted, or could have been sent."""
    assert find_lost_cookie([asked("/", "", came), asked("/", sent)]) is None


def test_only_the_last_request_counts():
    """A request of a handler's own, and one that brought the cookie, say nothing."""
    came = "n=1; Path=/a"
    assert find_lost_cookie([asked("/a", "", came), asked("/"), asked("/a", "n=1")]) is None
    assert find_lost_cookie([asked("/a", "", came), asked("/", inner=True)]) is None
    assert find_lost_cookie([]) is None


def test_a_long_cookie_keeps_its_attributes():
    """Of a cookie the value is cut, never what decides whether it comes back."""
    stream = StringIO()
    page = Page(Console(file=stream, width=100))
    value = f"AIOHTTP_SESSION={'g' * 200}; HttpOnly; Path=/; SameSite=Lax; Secure"
    exchange_text.write_message(
        page, Message("HTTP/1.1 200 OK", (("Set-Cookie", value),), "", 0), (), 0
    )
    text = stream.getvalue()
    assert "…; HttpOnly; Path=/; SameSite=Lax; Secure" in text
    assert "g" * 30 not in text
