"""Regressions of passwords and form tokens: N1, N5, S3.

Every app with the decorator `fails_on` is broken on purpose: do not copy it.
"""

import asyncio
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from yarl import URL

from .club import Club
from .regression import PASSWORD, Blog, regression

OFTEN = 12
"""More login attempts than one account may have in a minute."""
MANY = 60
"""More concurrent logins than the app accepts."""
PATIENCE = 5
"""Timeout in seconds of an operation that either ends at once or never."""


async def enter(blog: Blog, name: str, password: str, address: int = 1) -> aiohttp.ClientResponse:
    """Log in from an address behind a trusted proxy."""
    fields = {"csrf": blog.csrf, "name": name, "password": password}
    headers = {"X-Forwarded-For": f"203.0.113.{address}"}
    return await blog.send("POST", "/login", data=fields, headers=headers)


async def open_door(blog: Blog) -> None:
    """Serve the blog behind a trusted proxy, and read the CSRF token."""
    await blog.serve(user="", proxies=(ip_network("127.0.0.0/8"),))
    blog.csrf = await blog.token()


SPELLINGS = {
    "blog.example:443": "https://blog.example",
    "blog.example:80": "http://blog.example",
    "BLOG.example": "https://blog.example",
    "[::1]:443": "https://[::1]",
    "[::1]:8443": "https://[::1]:8443",
}
"""The same host, as a proxy and as a browser may write it."""


@regression(1, 7, "step07_sessions/index.md: the proxy speaks https", family="N")
async def form_by_https(blog: Blog) -> None:
    """Behind an https proxy the app refuses its own forms as forms of another site."""
    await blog.serve(user="")
    client = blog.client
    for scheme in "http", "https":
        blog.csrf = await blog.token()
        client.session.headers["Origin"] = f"{scheme}://{client.host}:{client.port}"
        status = (await blog.form("/login", name="Ada", password=PASSWORD)).status
        assert status == 303, f"a form by {scheme} is a {status}"
    for host, origin in SPELLINGS.items():
        blog.csrf = await blog.token()
        client.session.headers.update({"Host": host, "Origin": origin})
        status = (await blog.form("/login", name="Ada", password=PASSWORD)).status
        assert status == 303, f"a form of {origin} at {host} is a {status}"
    blog.csrf = await blog.token()
    client.session.headers["Origin"] = "null"
    status = (await blog.form("/login", name="Ada", password=PASSWORD)).status
    assert status == 403, f"a form of nobody is a {status}"
    client.session.headers["Origin"] = f"https://{client.host}"
    status = (await blog.form("/login", name="Ada", password=PASSWORD)).status
    assert status == 403, f"a form of another site is a {status}"


class Origins(Club):
    async def check(self, request: web.Request) -> None:
        await super().check(request)
        if self.spelled(request.headers.get("Origin", "")) not in self.ours(request):
            raise web.HTTPForbidden

    def spelled(self, origin: str) -> str:
        return str(URL(origin).origin()) if "://" in origin else origin

    def ours(self, request: web.Request) -> tuple[str, ...]:
        return tuple(self.spelled(f"{scheme}://{request.host}") for scheme in ("http", "https"))


@form_by_https.fails_on("a form by https is a 403")
class KnowsItsSchemeOnly(Origins):
    def ours(self, request: web.Request) -> tuple[str, ...]:
        return (f"{request.scheme}://{request.host}",)


@form_by_https.fails_on("a form of https://blog.example at blog.example:443 is a 403")
class ComparesLetters(Origins):
    def spelled(self, origin: str) -> str:
        return origin


@form_by_https.fails_on("a form of nobody is a 303")
class NoOrigin(Club):
    pass


@regression(5, 7, "step07_sessions/index.md: count every login", family="N")
async def counts_successes(blog: Blog) -> None:
    """Correct logins count as attempts, and many addresses have unlimited attempts."""
    await open_door(blog)
    for _ in range(OFTEN):
        await blog.log_in("Ada")
    for number in range(OFTEN):
        last = await enter(blog, "Ada", f"wrong password {number}", number)
    assert last.status == 429, f"from the address number {OFTEN}, a guess is a {last.status}"
    status = (await enter(blog, "Grace", PASSWORD)).status
    assert status == 303, f"who is next in the room gets a {status}"


class Counting(Club):
    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.failures: Counter[str] = Counter()

    def who(self, request: web.Request, name: str) -> str:
        return name

    def fits(self, password: object) -> bool:
        return password == PASSWORD

    async def login(self, request: web.Request) -> web.StreamResponse:
        who = self.who(request, str((await request.post())["name"]))
        if self.failures[who] >= 10:
            raise web.HTTPTooManyRequests
        try:
            return await super().login(request)
        except web.HTTPUnauthorized:
            self.failures[who] += 1
            raise


@counts_successes.fails_on("Ada cannot log in")
class CountsEach(Counting):
    async def login(self, request: web.Request) -> web.StreamResponse:
        self.failures[self.who(request, str((await request.post())["name"]))] += 1
        return await super().login(request)


@counts_successes.fails_on(r"from the address number \d+, a guess is a 401")
class CountsAddresses(Counting):
    def who(self, request: web.Request, name: str) -> str:
        return request.headers.get("X-Forwarded-For", "")


@counts_successes.fails_on("who is next in the room gets a 429")
class CountsAll(Counting):
    def who(self, request: web.Request, name: str) -> str:
        return "somebody"


@regression(3, 7, "step07_sessions/index.md: many wrong logins at once", family="S")
async def flood_of_logins(blog: Blog) -> None:
    """Many wrong logins occupy the threads that files and the database need."""
    gate, names = threading.Event(), set()

    def slow(*_: object, **__: object) -> bytes:
        names.add(threading.current_thread().name)
        gate.wait()
        return b""

    await open_door(blog)
    with blog.patch.context() as patch:
        patch.setattr(blog.part("passwords"), "scrypt", slow)
        logins = [
            asyncio.ensure_future(enter(blog, f"user{number}", "wrong password", number))
            for number in range(MANY)
        ]
        done, _ = await asyncio.wait(logins, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        statuses = {login.result().status for login in done}
        gate.set()
        answers = await asyncio.gather(*logins)
    shared = {name for name in names if name.startswith("asyncio_")}
    assert not shared, f"passwords are hashed in {shared.pop()}, which files need, too"
    assert statuses == {503}, f"of {MANY} logins at once, all wait"
    away = [answer for answer in answers if answer.status == 503]
    assert all("Retry-After" in answer.headers for answer in away), "nobody says when to come back"
    status = (await enter(blog, "Ada", PASSWORD)).status
    assert status == 303, f"afterwards a right login is a {status}"


class Keeper(Club):
    most = 30

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.waiting = 0

    def scrypt(self, password: object) -> bytes:
        return str(password).encode()

    def app(self) -> web.Application:
        app = super().app()
        self.pool = ThreadPoolExecutor(2, "passwords")
        app.on_cleanup.append(self.stop)
        return app

    async def stop(self, app: web.Application) -> None:
        self.pool.shutdown()

    async def hash(self, password: object) -> bytes:
        if self.waiting >= self.most:
            raise web.HTTPServiceUnavailable(headers={"Retry-After": "5"})
        self.waiting += 1
        try:
            return await self.slow(password)
        finally:
            self.waiting -= 1

    async def slow(self, password: object) -> bytes:
        return await asyncio.get_running_loop().run_in_executor(self.pool, self.scrypt, password)

    def fits(self, password: object) -> bool:
        return password == PASSWORD.encode()

    async def login(self, request: web.Request) -> Any:
        form = await request.post()
        if not self.fits(await self.hash(form["password"])):
            raise web.HTTPUnauthorized
        raise self.begin(web.HTTPSeeOther("/"), name=str(form["name"]))


@flood_of_logins.fails_on("passwords are hashed in asyncio_")
class InAnyThread(Keeper):
    async def slow(self, password: object) -> bytes:
        return await asyncio.to_thread(self.scrypt, password)


@flood_of_logins.fails_on("all wait")
class WithoutEnd(Keeper):
    most = 1000


form_by_https.passes_on(Origins)
counts_successes.passes_on(Counting)
flood_of_logins.passes_on(Keeper)
