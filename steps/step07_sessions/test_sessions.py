"""Who is there: logins and their end, forged cookies and forms, what belongs to whom."""

import asyncio
import functools
import os
import threading
from collections.abc import Awaitable, Callable
from http.cookies import SimpleCookie
from io import BytesIO
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import FormData, web
from aiohttp.test_utils import TestClient
from click.testing import CliRunner
from PIL import Image

from . import credentials, passwords
from .accounts import safe_next
from .adduser import main as adduser
from .app import create_app
from .config import Config, from_environment
from .limiter import ADDRESS_TRIES, LIMITER, SECONDS, TRIES, Limiter, customer
from .login import anybody, guard, require_login
from .sessions import cookies, is_key
from .test_helpers import PASSWORD, csrf, enrol, hidden, log_in, sign_in
from .vault import AT_ONCE, VAULT, WAITING, Vault

if TYPE_CHECKING:
    from pytest_aiohttp.plugin import AiohttpClient

Client = TestClient[web.Request, web.Application]
POST = {"title": "On loops", "text": "A loop waits."}
Action = Callable[..., Awaitable[web.Response]]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make hashing cheap: the tests are not after the passwords."""
    monkeypatch.setattr(passwords, "N", 2)
    monkeypatch.setattr(credentials, "NOBODY", passwords.NOBODY.replace(str(2**14), "2"))


def cookie(client: Client) -> str:
    """Return the session's cookie, as a thief would copy it."""
    return client.session.cookie_jar.filter_cookies(client.make_url("/"))["blog"].value


async def status(client: Client, method: str, path: str, **options: object) -> int:
    """Ask, and follow nowhere."""
    response = await client.request(method, path, allow_redirects=False, **options)  # type: ignore[arg-type]
    return response.status


async def test_login_and_logout(client: Client) -> None:
    """A user is greeted, may write, and is nobody again after the logout."""
    await enrol(client.app, "Ada")
    form = {"csrf": await csrf(client), "name": "ada", "password": PASSWORD}
    text = await (await client.post("/login", data=form)).text()
    assert "Hello, Ada." in text
    assert "Log out Ada" in text
    token = hidden(text, "csrf")
    assert "Hello" not in await (await client.get("/")).text()
    assert await status(client, "POST", "/new", data=POST | {"csrf": token}) == 303
    assert await status(client, "POST", "/logout", data={"csrf": token}) == 303
    assert "Log in" in await (await client.get("/")).text()
    assert await status(client, "GET", "/new") == 303


async def test_an_old_cookie_is_worth_nothing(client: Client) -> None:
    """A copy of the cookie made before the logout is nobody's after it."""
    token = await log_in(client, "Ada")
    stolen = {"Cookie": f"blog={cookie(client)}"}
    await client.post("/logout", data={"csrf": token})
    client.session.cookie_jar.clear()
    assert await status(client, "GET", "/new", headers=stolen) == 303
    assert "Log out" not in await (await client.get("/", headers=stolen)).text()


async def test_a_new_login_ends_the_one_before(client: Client) -> None:
    """Who logs in again, and out, has no other login left in this browser's old cookies."""
    await log_in(client, "Ada")
    stolen = {"Cookie": f"blog={cookie(client)}"}
    await client.post("/logout", data={"csrf": await log_in(client, "Ada")})
    client.session.cookie_jar.clear()
    assert await status(client, "GET", "/new", headers=stolen) == 303


async def test_logout_is_no_link(client: Client) -> None:
    """GET /logout is a 405, and a form from elsewhere logs nobody out."""
    await log_in(client, "Ada")
    assert await status(client, "GET", "/logout") == 405
    assert await status(client, "POST", "/logout") == 415
    assert await status(client, "POST", "/logout", data={"csrf": "x"}) == 403
    assert await status(client, "GET", "/new") == 200


async def test_the_login_makes_a_new_session(client: Client) -> None:
    """A session prepared by somebody else is not the one of the login."""
    before = await csrf(client)
    assert await log_in(client, "Ada") != before


@pytest.mark.parametrize("proxies", [(), (ip_network("127.0.0.1"),)])
async def test_flags_of_the_cookie(
    aiohttp_client: "AiohttpClient", data: Path, proxies: tuple[object, ...]
) -> None:
    """No script reads it, no other site sends it, it ends, and behind https it stays there."""
    client = await aiohttp_client(create_app(Config(data, proxies)))  # type: ignore[arg-type]
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
    response = await client.get("/login", headers=headers)
    flags = SimpleCookie(response.headers["Set-Cookie"])["blog"]
    assert (flags["httponly"], flags["samesite"], flags["path"]) == (True, "Lax", "/")
    assert int(flags["max-age"]) == 14 * 24 * 3600
    assert bool(flags["secure"]) == bool(proxies)
    assert "csrf" not in flags.value


@pytest.mark.parametrize(
    "value", ["x", "", "é", "\udcff", "{}", '{"session": {"token": "x"}}', "gAAAAA==", "x" * 4000]
)
async def test_a_forged_cookie_is_nobody(client: Client, value: str) -> None:
    """Whatever the cookie says, it is no 500 and no login."""
    raw = f"blog={value}"
    assert await status(client, "GET", "/", headers={"Cookie": raw}) == 200
    assert await status(client, "GET", "/new", headers={"Cookie": raw}) == 303
    assert await status(client, "GET", "/99", headers={"Cookie": raw}) == 404


async def test_a_cookie_that_is_no_text(client: Client) -> None:
    """Bytes that are no text are nobody's; our client would mend them, so they are sent by hand."""
    reader, writer = await asyncio.open_connection(client.host, client.port)
    head = b"GET /new HTTP/1.1\r\nHost: blog\r\nConnection: close\r\nCookie: blog="
    writer.write(head + b"\xff\r\n\r\n")
    async with asyncio.timeout(2):
        answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 303 ")


async def test_keys(aiohttp_client: "AiohttpClient", data: Path, tmp_path: Path) -> None:
    """A made key is kept for the next start, readable by us only; other keys' cookies are none."""
    client = await aiohttp_client(create_app(Config(data)))
    await log_in(client, "Ada")
    again = await aiohttp_client(create_app(Config(data)))
    stolen = {"Cookie": f"blog={cookie(client)}"}
    assert await status(again, "GET", "/new", headers=stolen) == 200
    assert (data / "session.key").stat().st_mode & 0o077 == 0
    other = await aiohttp_client(create_app(Config(tmp_path / "other")))
    assert await status(other, "GET", "/new", headers=stolen) == 303


@pytest.mark.parametrize(
    ("name", "password"),
    [("Ada", "wrong password"), ("Ada", ""), ("Alan", PASSWORD), ("Grace", ""), ("a'--", PASSWORD)],
)
async def test_wrong_password(client: Client, name: str, password: str) -> None:
    """A wrong password, an unknown name and a name without a password are all the same."""
    await enrol(client.app, "Ada")
    form = {"csrf": await csrf(client), "name": name, "password": password}
    response = await client.post("/login", data=form)
    assert response.status == 401
    text = await response.text()
    assert "Name or password is wrong" in text
    assert password not in text or not password
    assert (await client.post("/api/login", json=form)).status == 401
    assert await status(client, "GET", "/new") == 303


@pytest.mark.parametrize("data", [{}, {"name": 5, "password": []}, {"name": "\ud800"}])
async def test_strange_logins(client: Client, data: dict[str, object]) -> None:
    """What is no name and password is a wrong one."""
    assert (await client.post("/api/login", json=data)).status == 401


async def test_guessing_is_slow(client: Client) -> None:
    """After a few wrong tries an account has to wait, on the pages and in the API alike."""
    await enrol(client.app, "Ada")
    words = ["wrong password", "short"] * (TRIES // 2)
    wrong = [{"name": "Ada", "password": word} for word in words]
    tries = [await client.post("/api/login", json=guess) for guess in wrong]
    assert {response.status for response in tries} == {401}
    right = {"name": "Ada", "password": PASSWORD, "csrf": await csrf(client)}
    for path in "/api/login", "/login":
        options = {"json": right} if "api" in path else {"data": right}
        response = await client.post(path, **options)  # type: ignore[arg-type]
        assert response.status == 429
        assert 0 < int(response.headers["Retry-After"]) <= SECONDS + 1


async def test_a_room_behind_one_address(client: Client) -> None:
    """Right passwords do not count, so everybody in a room can log in, and again."""
    await enrol(client.app, "Ada")
    right = {"name": "Ada", "password": PASSWORD}
    for _ in range(TRIES + 1):
        assert await status(client, "POST", "/api/login", json=right) == 201
    for name in "Alan", "Edith", "Grace":
        for _ in range(TRIES):
            wrong = {"name": name, "password": "wrong password"}
            assert await status(client, "POST", "/api/login", json=wrong) == 401
    assert await status(client, "POST", "/api/login", json=right) == 201


async def test_an_account_is_guessed_from_everywhere(client: Client, data: Path) -> None:
    """Who has many addresses has no more tries for one account, however its name is written."""
    limiter, address = client.app[LIMITER], iter(range(256))
    for name in ("Ada", "ada") * (TRIES // 2):
        limiter.count(f"192.0.2.{next(address)}", name)
    with pytest.raises(web.HTTPTooManyRequests):
        limiter.count("192.0.2.255", "ADA")
    limiter.count("192.0.2.255", "Grace")
    await enrol(client.app, "Ada")
    right = {"name": " Ada ", "password": PASSWORD}
    assert await status(client, "POST", "/api/login", json=right) == 429


async def test_an_address_that_tries_all_accounts(client: Client) -> None:
    """After as many wrong tries as a room may have, the address has to wait."""
    for number in range(ADDRESS_TRIES):
        client.app[LIMITER].count("127.0.0.1", f"user{number}")
    right = {"name": "Ada", "password": PASSWORD}
    assert await status(client, "POST", "/api/login", json=right) == 429


def test_limiter_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the time everybody may try again; others never had to wait."""
    now = 1000.0
    limiter = Limiter(lambda: now)
    monkeypatch.setattr("steps.step07_sessions.limiter.REMEMBERED", 2)
    for address in "a", "b", "c":
        for _ in range(ADDRESS_TRIES):
            limiter.count(address)
        with pytest.raises(web.HTTPTooManyRequests):
            limiter.count(address)
    now += SECONDS + 1
    limiter.count("a", "Ada")
    limiter.forgive("a", "Ada")
    assert len(limiter._tries) == 0


async def test_the_vault_is_full(client: Client) -> None:
    """Of too many logins, who has waited longest is a 503, and the newest goes first."""
    vault, gate, began = client.app[VAULT], threading.Event(), []

    def slow(number: int) -> int:
        began.append(number)
        gate.wait()
        return number

    held = [asyncio.ensure_future(vault.do(slow, n)) for n in range(AT_ONCE + WAITING + 1)]
    for path in "/", "/static/blog.css":
        assert await status(client, "GET", path) == 200
    with pytest.raises(web.HTTPServiceUnavailable) as refused:
        await held.pop(AT_ONCE)
    assert int(refused.value.headers["Retry-After"]) > 0
    given_up = held.pop(AT_ONCE)
    given_up.cancel()
    await asyncio.wait([given_up])
    gate.set()
    assert len(await asyncio.gather(*held)) == AT_ONCE + WAITING - 1
    assert set(began[:AT_ONCE]) == set(range(AT_ONCE))
    assert max(began) in began[AT_ONCE : 2 * AT_ONCE]
    assert await asyncio.gather(*(vault.do(str, n) for n in range(5))) == list("01234")


async def test_sent_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password that nobody had time to look at was no wrong one."""

    async def full(*_: object) -> None:
        raise web.HTTPServiceUnavailable

    await enrol(client.app, "Ada")
    right = {"name": "Ada", "password": PASSWORD}
    with monkeypatch.context() as patch:
        patch.setattr(Vault, "do", full)
        for _ in range(TRIES + 1):
            assert await status(client, "POST", "/api/login", json=right) == 503
    assert await status(client, "POST", "/api/login", json=right) == 201


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2", True),
    ],
)
def test_the_limiter_counts_customers(first: str, second: str, same: bool) -> None:
    """Who has a whole network of addresses has no more tries."""
    assert (customer(first) == customer(second)) == same


async def test_join(client: Client) -> None:
    """A new user is logged in, and nobody else gets the name, however it is written."""
    form = {"csrf": await csrf(client), "name": "Alan", "password": PASSWORD, "next": "/new"}
    response = await client.post("/join", data=form, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/new")
    assert "Welcome, Alan." in await (await client.get("/")).text()
    form["csrf"] = await csrf(client)
    for name in "Alan", "alan", "Ada", "grace":
        assert await status(client, "POST", "/join", data=form | {"name": name}) == 409


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "../x"},
        {"name": "\u0410da"},  # begins with a Cyrillic letter
        {"name": "Ada\u3164"},  # ends with a letter that nobody sees
        {"password": "short"},
        {"password": "x" * 201},
    ],
)
async def test_join_refuses(client: Client, change: dict[str, str]) -> None:
    """A name or a password that will not do is a 422, and the page says why."""
    form = {"csrf": await csrf(client), "name": "Alan", "password": PASSWORD}
    response = await client.post("/join", data=form | change)
    assert (response.status, response.content_type) == (422, "text/html")


def test_adduser(data: Path) -> None:
    """The command makes an account, or gives it a new password."""
    for _ in range(2):
        result = CliRunner().invoke(adduser, ["Ada", "--password", PASSWORD])
        assert result.exit_code == 0, result.output
    assert (data / "blog.db").exists()
    result = CliRunner().invoke(adduser, ["Ada", "--password", "short"])
    assert result.exit_code == 2


def test_adduser_without_a_database(data: Path) -> None:
    """Something else in its place: a sentence, and the exit code of a wrong call."""
    (data / "blog.db").mkdir(parents=True)
    result = CliRunner().invoke(adduser, ["Ada", "--password", PASSWORD])
    assert result.exit_code == 2
    assert "blog.db cannot be used: " in result.output


def test_passwords() -> None:
    """What is kept differs each time, holds no password, and fits that password only."""
    first, second = (passwords.hash_password(PASSWORD) for _ in range(2))
    assert first != second
    assert PASSWORD not in first
    assert passwords.verify_password(PASSWORD, first)
    assert not passwords.verify_password(PASSWORD + "x", first)
    cheap = passwords.NOBODY.replace(str(2**14), "2")
    assert not passwords.verify_password("", cheap)


@pytest.mark.parametrize("name", ["Grace", None])
async def test_others_posts(client: Client, name: str | None) -> None:
    """Another user's post is a 403 everywhere, and nobody is asked to log in; nothing changes."""
    token = await log_in(client, name) if name else await csrf(client)
    if name:
        await sign_in(client, name)
    form = POST | {"csrf": token}
    for method, path in ("GET", "/1/edit"), ("POST", "/1/edit"), ("POST", "/1/delete"):
        came = await status(client, method, path, data=form if method == "POST" else None)
        assert came == (403 if name else 303)
    for method, path in ("PATCH", ""), ("DELETE", ""), ("POST", "/files"):
        came = await status(client, method, f"/api/posts/1{path}", json={"title": "Mine"})
        assert came == (403 if name else 401)
    assert "Analytical" in await (await client.get("/1")).text()
    assert ("Edit" in await (await client.get("/2")).text()) == (name == "Grace")


async def test_pictures_and_files_of_ones_own(client: Client) -> None:
    """A form with a picture carries its token like any other; a program sends its files."""
    file = BytesIO()
    Image.new("RGB", (9, 9), "red").save(file, "PNG")
    form = FormData(POST | {"csrf": await log_in(client, "Ada")})
    form.add_field("image", file.getvalue(), filename="red.png")
    assert await status(client, "POST", "/new", data=form) == 303
    assert (await client.get("/3/picture")).content_type == "image/webp"
    await sign_in(client, "Ada")
    data = {"file": BytesIO(b"words")}
    assert await status(client, "POST", "/api/posts/3/files", data=data) == 201
    assert await (await client.get("/3/files/file")).read() == b"words"


async def test_owner_and_editor_are_the_user(client: Client) -> None:
    """Whatever a form or a program says, a post belongs to who is logged in."""
    token = await log_in(client, "Ada")
    await client.post("/new", data=POST | {"csrf": token, "owner": "Grace", "editor": "Grace"})
    post = await (await client.get("/api/posts/3")).json()
    assert (post["owner"], post["editor"]) == ("Ada", "Ada")


async def test_every_form_has_its_token(client: Client, app: web.Application) -> None:
    """No page takes a form without the token, whatever is added later."""
    await log_in(client, "Ada")
    paths = {
        route.resource.canonical.replace("{id}", "1")
        for route in app.router.routes()
        if route.method == "POST" and route.resource
    }
    pages = {path for path in paths if not path.startswith("/api/")}
    assert pages >= {"/new", "/1/edit", "/1/delete", "/login", "/logout", "/join"}
    for path in pages:
        for token in {}, {"csrf": ""}, {"csrf": "x" * 43}, {"csrf": "é"}:
            assert await status(client, "POST", path, data=POST | token) == 403, path
        body = FormData(POST | {"csrf": "x"})
        body.add_field("csrf", b"x", filename="x")
        assert await status(client, "POST", path, data=body) == 403, path
    assert await status(client, "GET", "/1") == 200


async def test_a_token_of_somebody_else(client: Client) -> None:
    """The token of another visitor does not open this one's forms."""
    theirs = await csrf(client)
    client.session.cookie_jar.clear()
    await log_in(client, "Ada")
    assert await status(client, "POST", "/new", data=POST | {"csrf": theirs}) == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "", "é"])
async def test_other_sites_are_refused(client: Client, origin: str) -> None:
    """A request that a browser makes for another site is a 403, for pages and the API."""
    token = await log_in(client, "Ada")
    await sign_in(client, "Ada")
    headers = {"Origin": origin}
    form = POST | {"csrf": token}
    assert await status(client, "POST", "/new", data=form, headers=headers) == 403
    assert await status(client, "POST", "/api/posts", json=POST, headers=headers) == 403
    assert await status(client, "GET", "/", headers=headers) == 200
    ours = str(client.make_url("/")).rstrip("/")
    for here in ours, ours.replace("http:", "https:"):  # a proxy may speak https for us
        form["csrf"] = await csrf(client, "/new")
        assert await status(client, "POST", "/new", data=form, headers={"Origin": here}) == 303
    both = [("Origin", ours), ("Origin", origin)]
    assert await status(client, "POST", "/new", data=form, headers=both) == 403


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic x", "Bearer \udcff", "x y z"])
async def test_the_api_wants_a_token(client: Client, header: str) -> None:
    """The cookie of the pages opens nothing in the API; only a token does."""
    await log_in(client, "Ada")
    headers = {"Authorization": header} if header else {}
    response = await client.post("/api/posts", json=POST, headers=headers)
    assert response.status == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.content_type == "application/json"


async def test_a_token_ends(client: Client) -> None:
    """DELETE /api/login makes the token worthless."""
    await sign_in(client, "Ada")
    assert await status(client, "POST", "/api/posts", json=POST) == 201
    assert await status(client, "DELETE", "/api/login") == 204
    assert await status(client, "POST", "/api/posts", json=POST) == 401


async def test_a_login_ends_by_itself(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """After two weeks a token is worth nothing."""
    await sign_in(client, "Ada")
    monkeypatch.setattr("steps.step07_sessions.users.LOGIN_SECONDS", -1)
    assert await status(client, "POST", "/api/posts", json=POST) == 401


async def test_the_way_back(client: Client) -> None:
    """Who has to log in first comes to where they wanted to be."""
    response = await client.get("/1/edit", allow_redirects=False)
    assert response.headers["Location"] == "/login?next=/1/edit"
    text = await (await client.get(response.headers["Location"])).text()
    assert 'name="next" value="/1/edit"' in text
    await enrol(client.app, "Ada")
    form = {"csrf": await csrf(client), "name": "Ada", "password": PASSWORD, "next": "/1/edit"}
    response = await client.post("/login", data=form, allow_redirects=False)
    assert response.headers["Location"] == "/1/edit"


@pytest.mark.parametrize(
    ("wanted", "safe"),
    [
        ("/", "/"),
        ("/1/edit", "/1/edit"),
        ("/?offset=10", "/?offset=10"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/..//evil.example", "/"),
        ("/.//evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/1\n", "/"),
        ("http://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
        ("é", "/"),
        (b"/1", "/"),
    ],
)
def test_safe_next(wanted: object, safe: str) -> None:
    """Only an address of ours is gone to."""
    assert safe_next({"next": wanted}) == safe


def plain(
    handler: Callable[..., Awaitable[web.Response]],
) -> Callable[..., Awaitable[web.Response]]:
    """Decorate like many libraries do."""

    @functools.wraps(handler)
    async def wrapper(*args: object) -> web.Response:
        return await handler(*args)

    return wrapper


def bare(handler: Callable[..., Awaitable[web.StreamResponse]]) -> Action:
    """Decorate like those who forget `functools.wraps`."""

    async def wrapper(*args: object) -> Any:
        return await handler(*args)

    return wrapper


async def hello(request: web.Request) -> web.Response:
    """Answer anybody."""
    return web.Response()


class Shelf:
    """An object with a handler."""

    async def show(self, request: web.Request) -> web.Response:
        """Answer users."""
        return web.Response()


class View(web.View):
    """A view with an open and a closed method."""

    async def get(self) -> web.Response:
        """Answer anybody."""
        return web.Response()

    @plain
    @require_login
    async def post(self) -> web.Response:
        """Answer users."""
        return web.Response()


@require_login
class Closed(View):
    """A view that is closed as a whole."""


async def test_the_mark_is_never_lost(aiohttp_client: "AiohttpClient", data: Path) -> None:
    """Functions, methods, classes; above or below other decorators, a route's included."""
    app = create_app(Config(data))
    routes = web.RouteTableDef()
    routes.get("/api/below")(plain(require_login(plain(hello))))
    routes.get("/api/above")(require_login(plain(hello)))
    require_login(routes.get("/api/outside")(plain(hello)))
    routes.view("/api/view")(View)
    routes.view("/api/closed")(Closed)
    routes.get("/api/bare")(bare(require_login(plain(hello))))
    routes.get("/api/partial")(functools.partial(require_login(plain(hello))))
    routes.get("/api/made")(require_login(functools.partial(plain(hello))))
    routes.get("/api/of-object")(require_login(Shelf().show))
    routes.get("/api/bare-view")(bare(Closed))
    routes.post("/api/forgotten")(plain(hello))
    routes.get("/api/open")(hello)
    routes.post("/api/opened")(anybody(plain(hello)))
    app.add_routes(routes)
    client = await aiohttp_client(app)
    closed = ["GET below", "GET above", "GET outside", "POST view", "GET closed", "POST closed"]
    closed += ["GET bare", "GET partial", "GET made", "GET of-object", "GET bare-view"]
    closed += ["POST forgotten"]
    for line in [*closed, "HEAD above"]:
        method, path = line.split()
        assert await status(client, method, f"/api/{path}") == 401, line
    for path in "view", "open":
        assert await status(client, "GET", f"/api/{path}") == 200
    assert await status(client, "POST", "/api/opened") == 200
    assert await status(client, "POST", "/api/open") == 405
    await sign_in(client, "Ada")
    for line in closed:
        method, path = line.split()
        assert await status(client, method, f"/api/{path}") == 200, line


async def test_many_at_once(client: Client) -> None:
    """Twenty logins at once are twenty logins, and each ends alone."""
    await enrol(client.app, "Ada")
    data = {"name": "Ada", "password": PASSWORD}
    answers = await asyncio.gather(*(client.post("/api/login", json=data) for _ in range(TRIES)))
    tokens = {(await answer.json())["token"] for answer in answers}
    assert len(tokens) == TRIES
    first, *others = ({"Authorization": f"Bearer {token}"} for token in tokens)
    await client.delete("/api/login", headers=first)
    for headers in others:
        assert await status(client, "POST", "/api/posts", json=POST, headers=headers) == 201
    assert await status(client, "POST", "/api/posts", json=POST, headers=first) == 401


@pytest.mark.parametrize("key", ["x", "é" * 44, "A" * 43, " "])
def test_a_key_that_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    """The start ends with a sentence that names the setting, and how to make a key."""
    monkeypatch.setenv("WORKSHOP_KEY", key)
    with pytest.raises(SystemExit, match=r"^2$"):
        create_app(from_environment())
    assert capsys.readouterr().err.startswith("WORKSHOP_KEY is no key. Make one: python -c")


@pytest.mark.parametrize("left", [b"", b"half of a k", b"\xff" * 44])
def test_a_key_file_that_a_crash_left(data: Path, left: bytes) -> None:
    """It is made anew, once, and nobody else can read it."""
    data.mkdir()
    (data / "session.key").write_bytes(left)
    create_app(Config(data))
    kept = (data / "session.key").read_text()
    assert is_key(kept)
    create_app(Config(data))
    assert (data / "session.key").read_text() == kept
    assert [path.name for path in data.glob(".*")] == []
    if os.name == "posix":
        assert (data / "session.key").stat().st_mode & 0o777 == 0o600


def test_guard_is_a_middleware() -> None:
    """Without its decorator it would be called with other arguments."""
    assert guard.__middleware_version__ == 1  # type: ignore[attr-defined]


def test_a_folder_that_cannot_be_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The key is the first that is kept there, so it is the first to notice."""
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit, match=r"^2$"):
        cookies(Config(tmp_path / "file"))
    assert "cannot be used" in capsys.readouterr().err
