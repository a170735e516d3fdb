"""Regressions of logins: T27 to T29.

Every app with the decorator `fails_on` is broken on purpose: do not copy it.
"""

import asyncio
import base64
import json
from contextlib import suppress
from http.cookies import SimpleCookie
from urllib.parse import quote, unquote

from aiohttp import ClientResponse, web

from .club import Club, JsonCookie, R
from .regression import Blog, regression


def cookie_of(blog: Blog) -> str:
    """Return the session cookie of the client."""
    cookies = blog.client.session.cookie_jar.filter_cookies(blog.client.make_url("/"))
    [cookie] = cookies.values()
    return str(cookie.value)


async def front(blog: Blog, cookie: str | None = None) -> str:
    """Return the front page for a cookie."""
    if cookie is None:
        return await (await blog.client.get("/")).text()
    blog.client.session.cookie_jar.clear()
    answer: ClientResponse = await blog.client.get("/", headers={"Cookie": f"blog={cookie}"})
    return await answer.text()


def is_readable(cookie: str) -> bool:
    """Return whether a cookie is JSON, plain or in base64."""
    text = unquote(cookie)
    for read in json.loads, lambda text: json.loads(base64.urlsafe_b64decode(text)):
        with suppress(ValueError):
            read(text)
            return True
    return False


@regression(
    27,
    7,
    "step07_sessions/index.md: into the cookie",
    "step07_sessions/visit_counter/wrong_plain_cookie",
    "step07_sessions/visit_counter/wrong_base64",
)
async def plain_cookie(blog: Blog) -> None:
    """The cookie is plain JSON: a client can write another name into it."""
    await blog.serve(user="")
    await blog.log_in("Grace")
    cookie = cookie_of(blog)
    assert "Log out Grace" in await front(blog)
    names = [cookie.replace("Grace", "Ada"), '{"user": "Ada"}', '{"session": {"name": "Ada"}}']
    for forged in *names, *map(quote, names):
        said = await front(blog, forged)
        assert "Log out Ada" not in said, f"whoever sends {forged} is Ada"
    assert not is_readable(cookie), "the cookie can be read"


@plain_cookie.fails_on("is Ada")
class NameInTheCookie(JsonCookie):
    pass


@plain_cookie.fails_on("the cookie can be read")
class Base64InTheCookie(JsonCookie):
    def write(self, values: dict[str, str]) -> str:
        return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()

    def read(self, cookie: str) -> dict[str, str]:
        try:
            return dict(json.loads(base64.urlsafe_b64decode(cookie)))
        except ValueError:
            return {}


@regression(
    28,
    7,
    "step07_sessions/index.md: log somebody out by deleting the cookie",
    "step07_sessions/index.md: think that a login is enough",
    "step07_sessions/login_logout/wrong_no_logout_on_the_server",
    "step07_sessions/owners_only/wrong_any_user",
    "step07_sessions/visit_counter/wrong_no_samesite",
    "step07_sessions/attack_lab/wrong_same_site_alone",
)
async def anybody(blog: Blog) -> None:
    """No password, owner, form token or SameSite is checked; a link logs out, not for good."""
    await blog.serve(user="")
    blog.csrf = await blog.token()
    status = (await blog.form("/login", name="Ada", password="a wrong one")).status
    assert status == 401, f"a wrong password is a {status}"
    await blog.log_in("Ada")
    status = (await blog.form("/2/delete")).status
    assert status == 403, f"Ada deletes what is Grace's: {status}"
    status = (await blog.send("POST", "/1/delete", data={"csrf": ""})).status
    assert status == 403, f"a form without its token is a {status}"
    await blog.send("GET", "/logout")
    assert "Log out Ada" in await front(blog), "a link logs out"
    stolen = cookie_of(blog)
    assert (await blog.form("/logout")).status == 303
    assert "Log out" not in await front(blog, stolen), "the old cookie works after the logout"
    header = (await blog.client.get("/login")).headers["Set-Cookie"]
    assert SimpleCookie(header)["blog"]["samesite"] in {"Lax", "Strict"}, "SameSite is missing"


@anybody.fails_on("a wrong password is a 303")
class NoPassword(Club):
    def fits(self, password: object) -> bool:
        return True


@anybody.fails_on("Ada deletes what is Grace's: 303")
class NoOwner(Club):
    def owns(self, request: web.Request) -> bool:
        return self.user(request) is not None


@anybody.fails_on("a form without its token is a 303")
class NoFormToken(Club):
    async def check(self, request: web.Request) -> None:
        pass


@anybody.fails_on("a link logs out")
class LogoutLink(Club):
    def app(self) -> web.Application:
        app = super().app()
        app.router.add_get("/logout", self.logout)
        return app


@anybody.fails_on("the old cookie works after the logout")
class CookieForgotten(Club):
    async def logout(self, request: web.Request) -> web.StreamResponse:
        response = web.HTTPSeeOther("/")
        response.del_cookie("blog")
        raise response


@anybody.fails_on("SameSite is missing")
class NoSameSite(Club):
    def begin(self, response: R, **values: str) -> R:
        super().begin(response, **values)
        response.cookies["blog"]["samesite"] = ""
        return response


async def status_with(blog: Blog, cookie: bytes) -> int:
    """Return the status of the front page for a raw cookie, which a client would escape."""
    reader, writer = await asyncio.open_connection(blog.client.host, blog.client.port)
    head = b"GET / HTTP/1.1\r\nHost: blog\r\nConnection: close\r\nCookie: blog="
    writer.write(head + cookie + b"\r\n\r\n")
    answer = await reader.read()
    writer.close()
    return int(answer.split()[1])


@regression(
    29,
    7,
    "step07_sessions/index.md: a 500 on every page",
    "step07_sessions/visit_counter/wrong_unreadable_is_a_500",
    "step07_sessions/attack_lab/wrong_cookie_is_a_fault",
)
async def bad_cookie(blog: Blog) -> None:
    """An invalid cookie is a 500 on every page until the user deletes the cookie."""
    await blog.serve(user="")
    for cookie in b"x", b"", b"{}", b'{"session":', b"gAAAAA==", b"%ff", b"\xff", b"x" * 4000:
        status = await status_with(blog, cookie)
        assert status == 200, f"with the cookie {cookie[:20]!r} the front page is a {status}"


@bad_cookie.fails_on("with the cookie b'x' the front page is a 500")
class BelievesItsCookie(JsonCookie):
    def read(self, cookie: str) -> dict[str, str]:
        return dict(json.loads(unquote(cookie)))


@bad_cookie.fails_on(r"with the cookie b'\\xff' the front page is a 500")
class BelievesItIsText(Club):
    def session(self, request: web.Request) -> dict[str, str]:
        cookie = request.cookies.get("blog", "").encode()
        return self.sessions.get(cookie.decode(), {})


for harmless in plain_cookie, anybody, bad_cookie:
    harmless.passes_on(Club)
