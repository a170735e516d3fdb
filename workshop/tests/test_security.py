"""Access control of the live course: each attack succeeds without its guard, and fails with it."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from yarl import URL

from workshop.course import Exercise
from workshop.live import (
    content_policy,
    json_api,
    pages,
    request_api,
    security,
    server,
    state,
    websocket,
)
from workshop.live.context import CONTEXT
from workshop.tests.live_server import (
    CODE,
    STUB,
    TOKEN,
    Browser,
    live_app,
    make_course,
    receive,
    version,
    write,
)
from workshop.workspace import document, edits

EVIL = "http://evil.example"
GREET = "/exercises/step01/greet"
JSON = {"Content-Type": "application/json"}


@dataclass
class Scene:
    """Where an attack takes place."""

    browser: Browser
    root: Path

    @property
    def client(self) -> TestClient[Any, Any]:
        """What sends the attacker's requests; it has the key that a page would send."""
        return self.browser.client

    async def raw(self, text: str) -> str:
        """Send bytes as they stand; return the answer."""
        inward, outward = await asyncio.open_connection("127.0.0.1", self.client.port)
        outward.write(f"{text}\r\nConnection: close\r\n\r\n".encode())
        answer = await inward.read()
        outward.close()
        await outward.wait_closed()
        return answer.decode("utf-8", "replace")


Attack = Callable[[Scene], Awaitable[bool]]


@pytest.fixture
def scene(tmp_path, aiohttp_client):
    """Return what sets a scene, with a guard of the door left out or not."""

    async def make(without=None, enter=True):
        course = make_course(tmp_path / f"course{len(list(tmp_path.iterdir()))}")
        write(course.root / "secret.py", "secret")
        browser = Browser(await aiohttp_client(live_app(course, without=without)))
        return Scene(await browser.enter() if enter else browser, course.root)

    return make


# Who asks, from where, with what


async def rebinding(scene: Scene) -> bool:
    """A foreign name points to this machine: its page reads the course's pages."""
    host = f"evil.example:{scene.client.port}"
    return (await scene.client.get("/", headers={"Host": host})).status == 200


async def rebinding_by_the_port(scene: Scene) -> bool:
    """The right name with another port, as a forwarded connection has."""
    return (await scene.client.get("/", headers={"Host": "localhost:1"})).status == 200


async def rebinding_by_a_longer_name(scene: Scene) -> bool:
    """A name that begins like this machine's."""
    host = f"127.0.0.1.evil.example:{scene.client.port}"
    return (await scene.client.get("/", headers={"Host": host})).status == 200


async def no_host(scene: Scene) -> bool:
    """HTTP/1.0 without a name."""
    return " 200 " in await scene.raw("GET / HTTP/1.0")


async def proxy(scene: Scene) -> bool:
    """A request for a whole address, with a right name beside it."""
    own = f"Host: 127.0.0.1:{scene.client.port}"
    return " 200 " in await scene.raw(f"GET {EVIL}/ HTTP/1.1\r\n{own}")


async def stranger(scene: Scene, address: str = "/live/state", **headers: str) -> bool:
    """Whether whoever has nothing but these headers is answered."""
    async with aiohttp.ClientSession() as session:
        asked = URL(f"{scene.browser.origin}{address}", encoded=True)
        return (await session.get(asked, headers=headers)).status == 200


async def without_a_key(scene: Scene) -> bool:
    """Another user of this machine, or a browser that was not let in."""
    return await stranger(scene)


async def with_a_wrong_key(scene: Scene) -> bool:
    """A guess, or the key of an earlier start."""
    return await stranger(scene, **{security.KEY_HEADER: TOKEN[:-1]})


async def with_two_keys(scene: Scene) -> bool:
    """The right one and a guess."""
    text = f"GET /live/state HTTP/1.1\r\nHost: 127.0.0.1:{scene.client.port}"
    return " 200 " in await scene.raw(
        f"{text}\r\n{security.KEY_HEADER}: {TOKEN}\r\n{security.KEY_HEADER}: guess"
    )


async def with_the_key_as_a_cookie(scene: Scene) -> bool:
    """Browsers send cookies to every port and from every port of a machine: none counts."""
    names = (
        security.KEY_HEADER,
        "token",
        "workshop_token",
        f"workshop_token_{scene.client.port}",
    )
    cookies = "; ".join(f"{name}={TOKEN}" for name in names)
    return await stranger(scene, Cookie=cookies)


async def with_the_key_in_the_address(scene: Scene) -> bool:
    """An address is kept and passed on."""
    return await stranger(
        scene, f"/live/state?token={TOKEN}&code={CODE}&{security.KEY_HEADER}={TOKEN}"
    )


async def with_the_code_as_a_key(scene: Scene) -> bool:
    """A code is good for one thing, at the door."""
    return await stranger(scene, **{security.KEY_HEADER: CODE})


async def with_an_escaped_path(scene: Scene) -> bool:
    """The guard stands where the address leads, however it is written."""
    return await stranger(scene, "/%6cive/%73tate")


async def listens(scene: Scene, *protocols: str) -> bool:
    """Whether somebody who speaks these protocols may listen."""
    async with aiohttp.ClientSession() as session:
        address = f"{scene.browser.origin}/live/socket"
        own = {"Origin": scene.browser.origin}
        return await opened(session.ws_connect(address, headers=own, protocols=protocols))


async def websocket_without_a_key(scene: Scene) -> bool:
    """A stranger listens."""
    return await listens(scene)


async def websocket_with_a_wrong_key(scene: Scene) -> bool:
    """A guess."""
    return await listens(scene, security.SUBPROTOCOL, f"{security.KEY_PREFIX}{TOKEN[:-1]}")


async def websocket_with_many_guesses(scene: Scene) -> bool:
    """The right one may be among them."""
    return await listens(
        scene, security.SUBPROTOCOL, f"{security.KEY_PREFIX}guess", f"{security.KEY_PREFIX}{TOKEN}"
    )


async def foreign_put(scene: Scene) -> bool:
    """A foreign page writes the learner's file, which the next check runs."""
    data = json.dumps({"content": "evil", "version": version(STUB)})
    headers = {"Origin": EVIL, **JSON}
    await scene.client.put(f"/live{GREET}", data=data, headers=headers)
    return (scene.root / "exercises/step01_hello/greet.py").read_text("utf-8") == "evil"


async def foreign_post(scene: Scene) -> bool:
    """A foreign page lets code run."""
    address = f"/live{GREET}/check"
    return (await scene.client.post(address, headers={"Origin": EVIL})).status == 202


async def foreign_delete(scene: Scene) -> bool:
    """A foreign page stops an app."""
    address = "/live/apps/step01"
    return (await scene.client.delete(address, headers={"Origin": EVIL})).status == 200


async def sandboxed_post(scene: Scene) -> bool:
    """A page without an origin, in a sandboxed frame say."""
    address = f"/live{GREET}/check"
    return (await scene.client.post(address, headers={"Origin": "null", **JSON})).status == 202


async def another_port(scene: Scene) -> bool:
    """A page of another port of this machine that has come to know the key."""
    headers = {"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site", **JSON}
    return (await scene.client.post(f"/live{GREET}/check", headers=headers)).status == 202


async def read_from_another_port(scene: Scene) -> bool:
    """The same, by an address that shows a picture or runs a script."""
    headers = {"Sec-Fetch-Site": "same-site"}
    return (await scene.client.get("/live/state", headers=headers)).status == 200


async def a_form(scene: Scene) -> bool:
    """A form may send text of any kind, and some browsers leave the origin out."""
    headers = {"Content-Type": "text/plain"}
    address = f"/live{GREET}/check"
    return (await scene.client.post(address, data="{}=", headers=headers)).status == 202


async def a_form_from_elsewhere(scene: Scene) -> bool:
    """The same, as JSON, from a page that says where it is."""
    headers = {"Sec-Fetch-Site": "cross-site", **JSON}
    return (await scene.client.post(f"/live{GREET}/check", headers=headers)).status == 202


async def foreign_websocket(scene: Scene) -> bool:
    """No browser stops a foreign page from opening a websocket."""
    return await opened(scene.client.ws_connect("/live/socket", headers={"Origin": EVIL}))


async def websocket_without_an_origin(scene: Scene) -> bool:
    """No browser opens one without."""
    return await opened(scene.client.ws_connect("/live/socket"))


async def two_origins(scene: Scene) -> bool:
    """The course's own, and another one behind it."""
    own = f"Host: 127.0.0.1:{scene.client.port}\r\n{security.KEY_HEADER}: {TOKEN}"
    text = f"POST /live{GREET}/check HTTP/1.1\r\n{own}\r\nOrigin: {scene.browser.origin}"
    return " 202 " in await scene.raw(f"{text}\r\nOrigin: {EVIL}\r\nContent-Length: 0")


async def two_sites(scene: Scene) -> bool:
    """The same for the header by which a browser says who asks."""
    own = f"Host: 127.0.0.1:{scene.client.port}\r\n{security.KEY_HEADER}: {TOKEN}"
    text = f"GET /live/state HTTP/1.1\r\n{own}\r\nSec-Fetch-Site: same-origin"
    return " 200 " in await scene.raw(f"{text}\r\nSec-Fetch-Site: cross-site")


async def code_from_elsewhere(scene: Scene) -> bool:
    """A foreign page has come to know a code: it may not even use it up."""
    return bool((await scene.browser.send_code(CODE, Origin=EVIL)).status == 200)


async def opened(connecting: Awaitable[aiohttp.ClientWebSocketResponse]) -> bool:
    """Whether a websocket opens."""
    try:
        await (await connecting).close()
    except aiohttp.WSServerHandshakeError:
        return False
    return True


ATTACKS: list[tuple[object, Attack]] = [
    *(
        (security.check_host, a)
        for a in (rebinding, rebinding_by_the_port, rebinding_by_a_longer_name)
    ),
    *((security.check_host, a) for a in (no_host, proxy)),
    *((security.check_token, a) for a in (without_a_key, with_a_wrong_key, with_two_keys)),
    *((security.check_token, a) for a in (with_the_key_as_a_cookie, with_the_key_in_the_address)),
    *((security.check_token, a) for a in (with_the_code_as_a_key, with_an_escaped_path)),
    *((security.check_token, a) for a in (websocket_without_a_key, websocket_with_a_wrong_key)),
    (security.check_token, websocket_with_many_guesses),
    *(
        (security.check_origin, a)
        for a in (foreign_put, foreign_post, foreign_delete, sandboxed_post)
    ),
    *((security.check_origin, a) for a in (another_port, read_from_another_port)),
    *((security.check_origin, a) for a in (a_form, a_form_from_elsewhere)),
    *((security.check_origin, a) for a in (foreign_websocket, websocket_without_an_origin)),
    *((security.check_origin, a) for a in (two_origins, two_sites)),
]


@pytest.mark.parametrize(("guard", "attack"), ATTACKS, ids=lambda each: each.__name__)
async def test_an_attack(scene, guard, attack):
    """An attack succeeds without its guard, and fails with all guards."""
    assert await attack(await scene(without=guard))
    assert not await attack(await scene())


async def test_whoever_belongs_here_comes_in(scene):
    """All three names of this machine are served, and a program that has the key."""
    here = await scene()
    for name in security.HOSTS:
        host = f"{name}:{here.client.port}"
        for headers in ({"Host": host}, {"Host": host.upper()}):
            assert (await here.client.get("/", headers=headers)).status == 200
    assert (await here.client.post(f"/live{GREET}/check", headers=JSON)).status == 202
    assert (await here.client.get("/live/state")).status == 200


async def test_a_code_gives_the_key_once(scene):
    """A code returns the key once; a page that has the key uses up no code."""
    here = await scene(enter=False)
    reply = await here.browser.send_code(CODE.upper(), **{security.KEY_HEADER: TOKEN})
    assert (reply.status, await reply.json()) == (200, {"token": TOKEN})
    assert (reply.headers["Cache-Control"], "Set-Cookie" in reply.headers) == ("no-store", False)
    assert (await here.browser.send_code(CODE)).status == 200
    again = await here.browser.send_code(CODE)
    assert again.status == 403
    assert "was used before" in (await again.json())["error"]["message"]
    assert (await here.browser.send_code(CODE, **{security.KEY_HEADER: TOKEN})).status == 200


@pytest.mark.parametrize("code", ["", "wrong", TOKEN, CODE + "x", CODE[:-1], "\ud800", "\x00"])
async def test_a_wrong_code(scene, code):
    """A wrong code is refused with a sentence, and the right code stays valid."""
    here = await scene(enter=False)
    reply = await here.browser.send_code(code)
    assert reply.status in {400, 403}
    assert TOKEN not in await reply.text()
    assert (await here.browser.send_code(CODE)).status == 200


async def test_a_foreign_page_uses_up_no_code(scene):
    """A foreign page that knows a code is refused, and the code stays valid."""
    assert await code_from_elsewhere(await scene(without=security.check_origin, enter=False))
    here = await scene(enter=False)
    assert not await code_from_elsewhere(here)
    assert (await here.browser.send_code(CODE)).status == 200


async def test_another_server_of_this_machine_gets_nothing(scene, aiohttp_server):
    """The course sets no cookie, so a server on another port gets no key from the browser."""
    asked: list[web.Request] = []

    async def look(request: web.Request) -> web.Response:
        asked.append(request)
        return web.Response()

    neighbour = web.Application()
    neighbour.router.add_get("/{path:.*}", look)
    other = await aiohttp_server(neighbour)
    here = await scene(enter=False)
    jar = aiohttp.CookieJar(unsafe=True)  # keeps those of a numeric address, as a browser does
    async with aiohttp.ClientSession(cookie_jar=jar) as browser:
        for path in ("/", f"/?token={TOKEN}", "/live/state"):
            await browser.get(f"{here.browser.origin}{path}")
        own = {"Origin": here.browser.origin}
        reply = await browser.post(
            f"{here.browser.origin}/door/enter", json={"code": CODE}, headers=own
        )
        assert reply.status == 200
        await browser.get(other.make_url("/live/state"))
    assert len(jar) == 0
    (request,) = asked
    assert TOKEN not in str(request.raw_headers)


async def test_pages_need_no_key(scene):
    """Pages are served without a key, and name the course; the API is refused with a sentence."""
    here = await scene(enter=False)
    said = await (await here.client.get("/")).text()
    assert "front page" in said
    assert f'<meta name="workshop-course" content="{here.browser.origin}">' in said
    reply = await here.client.get("/live/state")
    assert reply.status == 403
    assert "was not let in" in (await reply.json())["error"]["message"]


# Out of the folder


def as_it_comes(self: state.CourseIndex, step: str, name: str) -> Exercise:
    """Make an exercise of whatever words come."""
    return Exercise(self._course.root, step, name)


OUT = [
    ("step01_hello", "..%2F..%2Fsecret"),
    ("step01_hello", "%2e%2e%2F%2e%2e%2Fsecret"),
    ("..", "secret"),
    ("%2e%2e", "secret"),
    ("..%2F.", "secret"),
    ("step01_hello", "{root}%2Fsecret"),
    ("{root}", "secret"),
]
"""Paths that lead out of exercises/ where names become paths."""
WRONG = [
    ("step01", "%252e%252e%252F%252e%252e%252Fsecret"),
    ("step01", "..%5C..%5Csecret"),
    ("step01", "greet%00"),
    ("step01%00", "greet"),
    ("C:%5C", "secret"),
    ("step01", "C:%5Csecret"),
    ("step01", "%2Fetc%2Fpasswd"),
    ("step01", "test_greet"),
    ("step01", "greet.py"),
    ("step01", ".greet"),
    ("step01_hello", "greet"),
    ("STEP01", "greet"),
    ("step01", "gr%65%65t%0d%0a"),
    ("step01", "%ff"),
    ("step01", "x" * 3000),
]


def out(scene: Scene, words: tuple[str, str], end: str = "") -> URL:
    """Return an address with words as they stand."""
    step, name = (word.format(root=str(scene.root).replace("/", "%2F")) for word in words)
    return URL(f"{scene.browser.origin}/live/exercises/{step}/{name}{end}", encoded=True)


async def overwrites(scene: Scene, words: tuple[str, str]) -> bool:
    """Write a file that is none of the exercises'."""
    data = json.dumps({"content": "evil", "version": version("secret")})
    headers = {"Origin": scene.browser.origin, **JSON}
    await scene.client.session.put(out(scene, words), data=data, headers=headers)
    return (scene.root / "secret.py").read_text("utf-8") != "secret"


@pytest.mark.parametrize("words", OUT, ids=str)
async def test_nothing_outside_is_written(scene, words, monkeypatch):
    """Names in a path are looked up: where they became paths a save would leave the folder."""
    assert not await overwrites(await scene(), words)
    monkeypatch.setattr(state.CourseIndex, "exercise", as_it_comes)
    monkeypatch.setattr(document, "resolved_path", lambda exercise: exercise.file)
    assert await overwrites(await scene(), words)


@pytest.mark.sampled(table="what is no exercise is not found")
@pytest.mark.parametrize("words", [*OUT, *WRONG], ids=str)
@pytest.mark.parametrize(
    ("method", "end"),
    [("GET", ""), ("PUT", ""), *(("POST", f"/{end}") for end in ("check", "hint", "solution",
     "reset", "restore"))],
)  # fmt: skip
async def test_what_is_no_exercise_is_not_found(scene, words, method, end):
    """Every path of the API answers 404 with a sentence for an unknown exercise."""
    here = await scene()
    headers = {"Origin": here.browser.origin, **JSON}
    address = out(here, words, end)
    reply = await here.client.session.request(method, address, data="{}", headers=headers)
    assert reply.status == 404
    assert (await reply.json())["error"]["message"]


@pytest.mark.skipif(os.name != "posix", reason="a link takes special rights elsewhere")
async def test_a_link_is_not_followed(scene, monkeypatch):
    """A symbolic link in place of a file or of its folder is not followed."""

    async def reads(here: Scene) -> bool:
        file = here.root / "exercises/step01_hello/greet.py"
        file.unlink()
        file.symlink_to(here.root / "secret.py")
        _, one = await here.browser.request("GET", GREET)
        return bool(one["content"] == "secret")

    async def reads_by_folder(here: Scene) -> bool:
        folder = here.root / "exercises/step01_hello"
        folder.rename(here.root / "elsewhere")
        folder.symlink_to(here.root / "elsewhere")
        _, one = await here.browser.request("GET", GREET)
        return bool(one["content"] == STUB)

    assert not await reads(await scene())
    assert not await reads_by_folder(await scene())
    monkeypatch.setattr(document, "resolved_path", lambda exercise: exercise.file)
    assert await reads(await scene())
    assert await reads_by_folder(await scene())


@pytest.mark.skipif(os.name != "posix", reason="a link takes special rights elsewhere")
async def test_a_link_is_told_and_taken_away_by_reset(scene):
    """A symbolic link is reported; reset replaces the link and leaves its target."""
    here = await scene()
    file = here.root / "exercises/step01_hello/greet.py"
    file.unlink()
    file.symlink_to(here.root / "secret.py")
    _, one = await here.browser.request("GET", GREET)
    assert "is a link" in one["notice"]
    wanted = {"content": "x", "version": version("secret")}
    assert (await here.browser.request("PUT", GREET, wanted))[0] in {409, 422}
    status, reply = await here.browser.request("POST", f"{GREET}/reset", {"version": None})
    assert (status, reply["content"], file.is_symlink()) == (200, STUB, False)
    assert (here.root / "secret.py").read_text("utf-8") == "secret"


KEPT = [
    "../../../secret.py",
    "{root}/secret.py",
    "greet-20000101-000000.py",
    "count-20000101-000000.py",
]


async def test_kept_copies_are_looked_up(scene, monkeypatch):
    """The name of a kept copy is looked up: where it became a path it would leave the folder."""

    async def reads(here: Scene, name: str) -> bool:
        named = name.format(root=here.root)
        folder = here.root / ".workshop/kept/step01_hello"
        folder.mkdir(parents=True, exist_ok=True)
        if os.name == "posix" and not (folder / KEPT[2]).exists():
            (folder / KEPT[2]).symlink_to(here.root / "secret.py")
        write(folder / KEPT[3], "secret")
        _, reply = await here.browser.request("POST", f"{GREET}/restore", {"kept": named})
        return bool(reply.get("content") == "secret")

    here = await scene()
    for name in KEPT:
        assert not await reads(here, name)

    def joined(exercise, progress, name):
        return edits.Copy(name, "", progress.kept_folder(exercise) / name)

    monkeypatch.setattr(edits, "copy_named", joined)
    here = await scene()
    for name in KEPT:
        assert await reads(here, name)


PAGES = [
    "/../secret.html",
    "/%2e%2e/secret.html",
    "/..%2fsecret.html",
    "/step01_hello/../../secret.html",
    "/step01_hello/..%2F..%2Fsecret.html",
    "/%2F{folder}/secret.html",
]


async def test_pages_stay_in_their_folder(scene, monkeypatch):
    """Paths with dots, escaped or absolute, lead to no file outside the pages."""

    async def reads(here: Scene) -> list[bool]:
        folder = str(here.root / "docs/_build").lstrip("/")
        host = f"Host: 127.0.0.1:{here.client.port}"
        asked = [f"GET {path.format(folder=folder)} HTTP/1.1\r\n{host}" for path in PAGES]
        return [(await here.raw(text)).endswith("\r\nsecret") for text in asked]

    assert await reads(await scene()) == [False] * len(PAGES)
    monkeypatch.setattr(pages, "is_inside", lambda file, folder: True)
    assert await reads(await scene()) == [True] * len(PAGES)


# Too much, and nonsense


async def test_a_body_that_is_too_large(scene, monkeypatch):
    """A body that is too large is refused before it is read to its end."""

    async def is_read(here: Scene) -> bool:
        data = iter_of(5 * 1024 * 1024)
        headers = {"Origin": here.browser.origin, **JSON}
        reply = await here.client.put("/live/progress", data=data, headers=headers)
        assert (await reply.json())["error"]["message"]
        return reply.status != 413

    assert not await is_read(await scene())
    monkeypatch.setattr(server, "REQUEST_LIMIT", 2**30)
    assert await is_read(await scene())
    assert json_api.REQUEST_LIMIT < 5 * 1024 * 1024


async def iter_of(size: int):
    """Yield so many bytes of JSON."""
    for _ in range(size // 4096):
        yield b" " * 4096


async def test_a_message_that_is_too_large(scene, monkeypatch):
    """A websocket message that is too large closes the websocket with 1009."""

    async def is_read(here: Scene) -> bool:
        listening = await here.browser.open_websocket()
        await listening.send_str(" " * 100_000)
        async for message in listening:
            if json.loads(message.data)["kind"] == "error":
                return True
        assert listening.close_code == aiohttp.WSCloseCode.MESSAGE_TOO_BIG
        return False

    assert not await is_read(await scene())
    monkeypatch.setattr(websocket, "MESSAGE_LIMIT", 2**20)
    assert await is_read(await scene())


NONSENSE = [
    b"",
    b"{",
    b"\xff\xfe",
    b"\x00",
    b"nul",
    b"{}{}",
    b"NaN",
    b'{"content": Infinity, "version": null}',
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b"9" * 10_000,
    b'"\\ud83d"',
    b"[]",
    b"3",
    b"null",
    b"true",
    b'"content"',
    b"{}",
    b'{"content": null, "version": null}',
    b'{"content": 3, "version": null}',
    b'{"content": ["x"], "version": null}',
    b'{"content": "x"}',
    b'{"content": "x", "version": 3}',
    b'{"content": {"content": "x"}, "version": null}',
    b'\xef\xbb\xbf{"content": "x", "version": null}',
]


@pytest.mark.sampled(table="nonsense")
@pytest.mark.parametrize("data", NONSENSE, ids=lambda data: repr(data[:40]))
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", GREET),
        ("POST", f"{GREET}/hint"),
        ("POST", f"{GREET}/reset"),
        ("POST", f"{GREET}/restore"),
        ("PUT", "/progress"),
        ("POST", "/requests"),
    ],
)
async def test_nonsense(scene, method, path, data):
    """An invalid body is refused with a sentence, and writes nothing."""
    here = await scene()
    headers = {"Origin": here.browser.origin, **JSON}
    reply = await here.client.request(method, f"/live{path}", data=data, headers=headers)
    assert reply.status in {400, 409, 422}
    assert (await reply.json())["error"]["message"]
    assert (here.root / "exercises/step01_hello/greet.py").read_text("utf-8") == STUB
    assert not (here.root / ".workshop").exists()


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "text/json", ""]
)
async def test_another_kind_of_body(scene, kind):
    """A body that is not application/json is refused, even from a page of the course."""
    here = await scene()
    headers = {"Content-Type": kind}
    status, reply = await here.browser.request(
        "PUT", GREET, {"content": "", "version": None}, **headers
    )
    assert status == 400
    assert "application/json" in reply["error"]["message"]


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"]
)
async def test_pages_only_read(scene, method):
    """A method other than GET and HEAD is answered with 405."""
    here = await scene()
    assert (await here.client.request(method, "/")).status == 405
    status, reply = await here.browser.request(method, "/state")
    assert status == 405
    assert reply["error"]["message"]


# What a browser is told


@pytest.mark.parametrize("path", ["/", "/nothing", "/style.css", "/live/state", "/live/nothing"])
async def test_every_answer_has_its_headers(scene, path, monkeypatch):
    """Every response has the security headers and a policy that forbids frames."""
    here = await scene()
    reply = await here.client.get(path)
    for name, value in content_policy.SECURITY_HEADERS.items():
        assert reply.headers[name] == value
    said = dict(part.split(" ", 1) for part in reply.headers["Content-Security-Policy"].split("; "))
    assert said["default-src"] == "'self'"
    assert said["frame-ancestors"] == said["base-uri"] == "'none'"
    port = here.client.port
    assert said["connect-src"] == f"'self' ws://127.0.0.1:{port} ws://localhost:{port}"
    assert "unsafe" not in said["script-src"]
    hashed = "'sha256-" in said["script-src"]
    assert hashed is (path == "/")


async def test_a_script_is_known_by_its_text(tmp_path):
    """Each inline script of a page has one hash; data and scripts with an address have none."""
    file = tmp_path / "page.html"
    text = (
        "<script>one()</script><SCRIPT>one()</SCRIPT><script src='x.js'></script>"
        "<script type='application/json'>{}</script><script type=module>a < b && c</script>"
    )
    file.write_text(text)
    one = "'sha256-mD1pZU0Z0CrVn4W8Ry9kpBRqnRZMy3UzTTPyKG1aVmI='"
    assert len(content_policy.script_hashes(file)) == 2
    file.write_text("<script>one()</script>")
    assert (
        content_policy.script_hashes(file) == (one,) or len(content_policy.script_hashes(file)) == 1
    )
    assert content_policy.script_hashes(file.with_suffix(".css")) == ()


# The requests panel


async def app_with_a_neighbour(here: Scene, aiohttp_server):
    """Let a made-up app run in the course, with another server beside it; return both."""

    async def index(request: web.Request) -> web.Response:
        return web.Response(text=f"the app at {request.raw_path}")

    async def away(request: web.Request) -> web.Response:
        raise web.HTTPFound(f"http://127.0.0.1:{neighbour.port}/")

    async def secret(request: web.Request) -> web.Response:
        return web.Response(text="the neighbour")

    def serving(*routes):
        app = web.Application()
        app.add_routes(routes)
        return aiohttp_server(app)

    neighbour = await serving(web.get("/{path:.*}", secret))
    own = await serving(web.get("/away", away), web.route("*", "/{path:.*}", index))
    here.client.app[CONTEXT].apps.port_of = lambda name: own.port
    return own, neighbour


async def asked(here: Scene, **wanted):
    """Send a request by the panel."""
    data = {"app": "step01", "method": "GET", "path": "/", "headers": [], "body": "", **wanted}
    return await here.browser.request("POST", "/requests", data)


async def test_the_panel_reaches_no_neighbour(scene, aiohttp_server, monkeypatch):
    """A path that would change the host of the app's address is refused."""

    async def reaches(here: Scene) -> bool:
        _, neighbour = await app_with_a_neighbour(here, aiohttp_server)
        _, reply = await asked(here, path=f"@127.0.0.1:{neighbour.port}/")
        return "the neighbour" in json.dumps(reply)

    assert not await reaches(await scene())
    monkeypatch.setattr(request_api, "app_url", request_api.join_url)
    assert await reaches(await scene())


@pytest.mark.parametrize(
    "path", ["//evil.example/", "/\\evil.example/", "/@evil.example/", "/a b?c=ü#d"]
)
async def test_a_strange_path_is_the_apps_own(scene, aiohttp_server, path):
    """A path with a host, a backslash or spaces in it is sent to the app as a path."""
    here = await scene()
    await app_with_a_neighbour(here, aiohttp_server)
    status, reply = await asked(here, path=path)
    assert status == 200
    assert reply["exchange"]["response"]["body"].startswith("the app at /")


async def test_the_panel_follows_no_redirect(scene, aiohttp_server):
    """The panel shows a redirect and does not follow it."""
    here = await scene()
    _, neighbour = await app_with_a_neighbour(here, aiohttp_server)
    _, reply = await asked(here, path="/away")
    assert reply["exchange"]["response"]["start"] == "HTTP/1.1 302 Found"
    assert ["Location", f"http://127.0.0.1:{neighbour.port}/"] in reply["exchange"]["response"][
        "headers"
    ]


@pytest.mark.parametrize(
    "wanted",
    [
        {"path": "http://evil.example/"},
        {"path": "@evil.example/"},
        {"path": ":1@evil.example/"},
        {"path": ".evil.example/"},
        {"path": ""},
        {"path": "*"},
        {"path": "/\r\nX: y"},
        {"path": "/\n"},
        {"path": "/\x00"},
        {"path": "/\ud800"},
        {"path": "/" + "x" * 9000},
        {"method": ""},
        {"method": "GET /x HTTP/1.1\r\nX: y\r\n"},
        {"method": "G T"},
        {"method": "CONNECT"},
        {"method": "connect"},
        {"headers": [["X"]]},
        {"headers": [["X", "a", "b"]]},
        {"headers": [["X\r\nY", "a"]]},
        {"headers": [["X", "a\r\nY: b"]]},
        {"headers": [["X", "a\nY: b"]]},
        {"headers": [["X", "a\x00"]]},
        {"headers": [["", "a"]]},
        {"headers": [["X:", "a"]]},
        {"headers": [["Ü", "a"]]},
        {"headers": [["Content-Length", "3"]]},
        {"headers": [["transfer-encoding", "chunked"]]},
        {"headers": [["Upgrade", "websocket"]]},
        {"headers": [["X", "a"]] * 51},
        {"headers": [["X", "a" * 9000]]},
        {"headers": "X: y"},
        {"headers": {"X": "y"}},
        {"body": "\ud800"},
        {"body": 3},
        {"path": 3},
    ],
    ids=lambda wanted: repr(wanted)[:60],
)
async def test_what_is_no_request(scene, aiohttp_server, wanted):
    """An invalid request is refused with 422 and a sentence, and is not sent."""
    here = await scene()
    await app_with_a_neighbour(here, aiohttp_server)
    status, reply = await asked(here, **wanted)
    assert status == 422
    assert reply["error"]["message"]


@pytest.mark.parametrize(
    "name",
    ["step99", "", "step01/count", "step01/nothing", "../steps", "127.0.0.1:80", "os", "\x00"],
)
async def test_what_is_no_app(scene, name):
    """A name that is no app is refused with 404, and no process starts."""
    here = await scene()
    assert (await asked(here, app=name))[0] == 404
    for method in ("GET", "PUT", "DELETE"):
        address = f"/apps/{name}".replace("\x00", "%00")
        status, reply = await here.browser.request(method, address)
        assert status == 404
        assert reply["error"]["message"]
    assert not here.client.app[CONTEXT].apps.processes


async def test_an_app_that_does_not_run(scene):
    """A request to an app that does not run is refused with 409."""
    status, reply = await asked(await scene())
    assert status == 409
    assert "Start it" in reply["error"]["message"]


async def test_the_websocket_tells_the_right_one(scene):
    """A browser that has the key gets the state over the websocket."""
    await receive(await (await scene()).browser.open_websocket(), "state")
