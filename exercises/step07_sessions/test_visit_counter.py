"""Count a visitor's visits.

`GET /` answers `{"visits": 1}`, at the next visit `{"visits": 2}`, for each visitor anew.
The number is kept in the session, and the session in a cookie.
The file begins with `SimpleCookieStorage`, which writes plain JSON into the cookie.
Take one that encrypts it with `KEY`, so that nobody reads it and nobody makes one.
No script may read the cookie, and no form of another site may have it sent.
"""

import base64
import binascii
import json
import time
from urllib.parse import unquote

import pytest

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=1, minutes=5, when="room")


NO_COOKIE = cause(
    what="No session was changed, so there is nothing to send back.",
    do='Change the session itself: `session["visits"] = …`; is `setup` in `create_app`?',
)
PLAIN = cause(
    what="Whoever has the cookie can read it, and write one like it.",
    do='Return `EncryptedCookieStorage(Fernet(KEY), samesite="Lax")` in `storage`, and keep the'
    " number"
    " in the session.",
)


async def visit(client, cookies=None):
    """Visit the page as this browser, or with these cookies and no others; return the number."""
    if cookies is not None:
        client.session.cookie_jar.clear()
        client.session.cookie_jar.update_cookies(cookies, client.make_url("/"))
    response = await client.get("/")
    assert response.status == 200
    assert response.content_type == "application/json"
    return (await response.json())["visits"]


def cookies_of(client):
    """Return the names and values of the cookies that the server gave to this browser."""
    cookies = {cookie.key: cookie.value for cookie in client.session.cookie_jar}
    assert cookies, (
        "No cookie came. Did the session change, and is its middleware there?" | NO_COOKIE
    )
    return cookies


def readable(value):
    """Return all that anybody can make of a cookie without the key."""
    texts = [unquote(value)]
    for part in [value, *value.split(".")]:
        try:
            texts.append(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode())
        except (binascii.Error, UnicodeDecodeError):
            continue
    return texts


def forged():
    """Return cookies that we never sent, some of them what a plain one would be."""
    plain = json.dumps({"created": int(time.time()), "session": {"visits": 98}})
    encoded = base64.urlsafe_b64encode(plain.encode()).decode()
    return [plain, json.dumps({"visits": 98}), encoded, "98", "x", "{", "gAAAAA==", "x" * 3000]


@pytest.mark.hint(
    "`session = await aiohttp_session.get_session(request)` is a dictionary; what you put into it"
    " comes back at the next request.",
    'The first time there is nothing in it: `session.get("visits", 0)`.',
    '`session["visits"] = session.get("visits", 0) + 1`, then `web.json_response(…)`.',
)
async def test_counts(client):
    """The first visit is 1, the next one 2, then 3."""
    for wanted in 1, 2, 3:
        assert await visit(client) == wanted, cause(
            when=wanted < 3,
            what="The session did not keep the number of the visit before.",
            do='Get it with `get_session`, and put the sum back: `session["visits"] = …`.',
        ) | cause(
            what="The session did not notice the change: it was made inside of what lies in it.",
            do='Put a new value into it: `session["visits"] = session.get("visits", 0) + 1`.',
        )


@pytest.mark.hint(
    "A variable of the module, or of the application, is shared by everybody.",
    "The session belongs to one visitor: keep the number there.",
)
async def test_each_visitor(client):
    """Another visitor begins with 1, and the first one goes on with 3."""
    assert [await visit(client), await visit(client)] == [1, 2]
    first = cookies_of(client)
    assert await visit(client, {}) == 1
    assert await visit(client, first) == 3


@pytest.mark.hint(
    "What does the browser's developer tool show under *cookies*? It is yours to read.",
    "`EncryptedCookieStorage` is imported already; `Fernet(KEY)` makes of the key what encrypts.",
    'In `storage`: `return EncryptedCookieStorage(Fernet(KEY), samesite="Lax")`',
)
async def test_nobody_reads_it(client):
    """The cookie does not show what is in it."""
    await visit(client)
    first = cookies_of(client)
    for name, value in first.items():
        for text in readable(value):
            assert "visits" not in text, f"The cookie {name} can be read: {text}" | PLAIN
            assert text != "1", f"The cookie {name} can be read: {text}" | PLAIN


@pytest.mark.hint(
    "What a browser sends can be written by anybody: take only what your server has made.",
    "`EncryptedCookieStorage` takes a cookie that it cannot decrypt for none.",
)
async def test_forged(client):
    """A forged, broken or altered cookie is a new visitor's: never 99, never a 500."""
    await visit(client)
    (name, value), *_ = cookies_of(client).items()
    middle = len(value) // 2
    altered = value[:middle] + ("A" if value[middle] != "A" else "B") + value[middle + 1 :]
    for made_up in [*forged(), altered]:
        came = await visit(client, {name: made_up})
        assert came == 1, (
            f"With the cookie {made_up[:40]!r} the visit was number {came}, not 1." | PLAIN
        )


@pytest.mark.hint(
    "A storage takes the flags by name: `httponly=True` is so from the start, `samesite` is not.",
    '`samesite="Lax"`: the cookie comes with a link from elsewhere, not with a form.',
)
async def test_flags(client):
    """The cookie is HttpOnly and SameSite=Lax."""
    response = await client.get("/")
    assert response.status == 200
    assert response.cookies, (
        "No cookie came. Did the session change, and is its middleware there?" | NO_COOKIE
    )
    for cookie in response.cookies.values():
        assert cookie["httponly"], "A script can read the cookie: HttpOnly is missing." | cause(
            what="A script that gets into the page could send the cookie away.",
            do="Take `httponly=False` out: it is on from the start.",
        )
        came = cookie["samesite"].replace("Strict", "Lax")  # which is good as well
        assert came == "Lax", (
            f"SameSite is {came or 'missing'}: another site's form has it sent."
            | cause(
                what="A browser sends such a cookie with the form of any site.",
                do='Give the storage `samesite="Lax"`.',
            )
        )


@pytest.mark.hint(
    "A new key makes every cookie worthless, and every visitor a new one.",
    "Encrypt with `KEY`, which the whole module shares, not with a key made on the way.",
)
async def test_restart(client, exercise, aiohttp_client):
    """A second server with the same KEY goes on counting."""
    assert [await visit(client), await visit(client)] == [1, 2]
    other = await aiohttp_client(exercise.create_app())
    assert await visit(other, cookies_of(client)) == 3, cause(
        1,
        what="The second server cannot read the cookie of the first: it has another key.",
        do="Encrypt with `KEY`, which is one for the whole module.",
    )
