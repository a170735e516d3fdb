"""The curl line: a shell splits it into exactly the request that was sent."""

from __future__ import annotations

import shlex
from functools import partial

import pytest

from workshop.report.curl import curl

posix = partial(curl, windows=False)
PLAIN = [("Host", "127.0.0.1:43005"), ("Accept", "*/*"), ("User-Agent", "aiohttp")]
FORM = [("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", "8")]
MULTIPART = [("Content-Type", "multipart/form-data; boundary=b0")]
BODY = (
    '--b0\r\nContent-Type: text/plain\r\nContent-Disposition: form-data; name="title"\r\n\r\n'
    'Notes\r\n--b0\r\nContent-Disposition: form-data; name="image"; filename="ada.png"\r\n'
    "Content-Type: image/png\r\n\r\n\\x89PNG\r\n\r\n--b0--\r\n"
)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (("GET", "/"), "curl -i http://127.0.0.1:8080/"),
        (("GET", "/", PLAIN), "curl -i http://127.0.0.1:8080/"),
        (("GET", "/greet/Ada?x=1&y=2"), "curl -i 'http://127.0.0.1:8080/greet/Ada?x=1&y=2'"),
        (("GET", "/?q={a}"), "curl -i -g 'http://127.0.0.1:8080/?q={a}'"),
        (("HEAD", "/"), "curl -i -I http://127.0.0.1:8080/"),
        (("DELETE", "/posts/1"), "curl -i -X DELETE http://127.0.0.1:8080/posts/1"),
        (("POST", "/posts"), "curl -i -X POST http://127.0.0.1:8080/posts"),
        (("POST", "/", FORM, "name=Ada"), "curl -i --data-raw name=Ada http://127.0.0.1:8080/"),
        (
            ("PUT", "/", (), "Ada's"),
            "curl -i -X PUT --data-raw 'Ada'\"'\"'s' http://127.0.0.1:8080/",
        ),
        (("GET", "/", [("X-Empty", "")]), "curl -i -H 'X-Empty;' http://127.0.0.1:8080/"),
        (("GET", "https://example.org/a"), "curl -i https://example.org/a"),
        (
            ("GET", "/", [("Accept", "text/csv"), ("Cookie", "user=Ada")]),
            "curl -i -H 'Accept: text/csv' -H 'Cookie: user=Ada' http://127.0.0.1:8080/",
        ),
        (
            ("POST", "/", MULTIPART, BODY),
            "curl -i -F title=Notes -F image=@ada.png http://127.0.0.1:8080/",
        ),
    ],
)
def test_quoting_for_a_posix_shell(asked, wanted):
    """The line is quoted for a POSIX shell, and has the headers that curl would not send."""
    assert posix(*asked) == wanted


CHUNKED = [*MULTIPART, ("Transfer-Encoding", "chunked")]


def test_the_beginning_of_a_large_upload_is_a_form():
    """The line of a large upload has the name of the file, not its first bytes."""
    beginning = BODY.partition("PNG")[0]
    wanted = "curl -i -F title=Notes -F image=@ada.png http://127.0.0.1:8080/"
    assert posix("POST", "/", CHUNKED, beginning, cut=True) == wanted
    assert posix("POST", "/", CHUNKED, BODY) == wanted


def test_a_form_without_its_end_is_sent_as_it_was():
    """A form without its end is sent as raw data, since curl would send a whole form."""
    words = shlex.split(posix("POST", "/", MULTIPART, BODY.partition("PNG")[0]))
    assert "-F" not in words
    assert words[words.index("--data-raw") + 1] == BODY.partition("PNG")[0]


def test_any_body_is_unchanged():
    """Whatever the body, the shell hands it over unchanged."""
    body = '{"name": "Ada\'s \\"notes\\"", "cost": "$5 `date` !", "lines": "a\nb"}'
    words = shlex.split(curl("POST", "/", [("Content-Type", "application/json")], body, False))
    assert words[words.index("--data-raw") + 1] == body
    assert "Content-Type: application/json" in words


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("plain", "plain"),
        ("two words", '"two words"'),
        ('say "Ada"', '"say \\"Ada\\""'),
        ("ends with \\", '"ends with \\\\"'),
        ('\\"', '"\\\\\\""'),
        ("Ada's", '"Ada\'s"'),
        ("first\r\nsecond", '"first second"'),
    ],
)
def test_quoting_for_windows(word, wanted):
    """The line is in double quotes, as the C runtime of Windows splits a command line."""
    command = curl("POST", "/", (), word, windows=True)
    assert command == f"curl.exe -i --data-raw {wanted} http://127.0.0.1:8080/"


def test_windows_query():
    """An ampersand does not end the command."""
    assert '"http://127.0.0.1:8080/add?x=1&y=2"' in curl("GET", "/add?x=1&y=2", windows=True)


def test_a_websocket_upgrade():
    """The line has `Connection: Upgrade` of a websocket, and no `keep-alive`."""
    assert "-H 'Connection: Upgrade'" in posix("GET", "/", [("Connection", "Upgrade")])
    assert "Connection" not in posix("GET", "/", [("Connection", "keep-alive")])


def test_a_body_that_only_looks_like_a_form():
    """Only the content type makes a body a form."""
    command = posix(
        "POST", "/", [("Content-Type", "text/plain"), ("X", "multipart/form-data")], BODY
    )
    assert "-F" not in command
    assert "--data-raw" in command
