"""What a trap is, and the blogs in which it is looked for: ours, and those that have it."""

import importlib
import inspect
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
import pytest
from aiohttp import ClientResponse, FormData, web
from aiohttp.test_utils import TestClient
from aiohttp.typedefs import Handler

from workshop.course import Step

PASSWORD = "it weaves flowers"
POST = {"title": "On loops", "text": "A loop waits.", "owner": "Ada"}
SETTINGS = 3
"""From this step on, the app is made of settings."""
CONNECTION = 6
"""From this step on, a handler asks for a connection, and a middleware ends the transaction."""
LOGIN = 7
"""From this step on, whoever writes has to log in."""

Client = TestClient[web.Request, web.Application]
Make = Callable[[Path], Any]
"""Makes an object whose method `app` makes an app, for a folder with the data."""
M = TypeVar("M", bound=Make)


@dataclass
class Blog:
    """A blog that is asked: over HTTP, and for its parts."""

    data: Path
    patch: pytest.MonkeyPatch
    log: pytest.LogCaptureFixture
    clients: Callable[..., Awaitable[Client]]
    folder: Path
    """Where its files lie."""
    page: Path
    """The page that shows them."""
    step: Step | None = None
    made: Any = None
    """The broken one, which is all its parts in one."""
    csrf: str = ""
    client: Client = field(init=False)

    def part(self, name: str) -> Any:
        """Return a module of the step, or the broken thing in its place."""
        return importlib.import_module(self.name_of(name)) if self.step else self.made

    def name_of(self, name: str) -> str:
        """Return where another process finds a part."""
        return f"steps.{self.step.folder}.{name}" if self.step else getattr(self.made, name)

    def lend(self, request: web.Request) -> AbstractAsyncContextManager[aiosqlite.Connection]:
        """Lend a request the database, as the handlers of the step have it."""
        renamed = self.step is not None and self.step.number >= CONNECTION
        db = self.part("db")
        lent: AbstractAsyncContextManager[aiosqlite.Connection] = (
            db.connection(request) if renamed else db.transaction(request)
        )
        return lent

    def make(self, **settings: object) -> web.Application:
        """Make the app."""
        if self.step and self.step.number < SETTINGS:
            bare: web.Application = self.part("app").create_app()
            return bare
        if self.step:
            config = self.part("config").Config(self.data, **settings)
            made: web.Application = self.part("app").create_app(config)
            return made
        app: web.Application = self.made.app()
        return app

    async def serve(self, *routes: web.RouteDef, user: str = "Ada", **settings: object) -> Client:
        """Serve the app with some routes more, and log in where that is needed to write."""
        app = self.make(**settings)
        app.add_routes(routes)
        return await self.run(app, user)

    async def run(self, app: web.Application, user: str = "Ada") -> Client:
        """Serve an app that was made, and log in where that is needed to write."""
        self.client = await self.clients(app)
        if self.step and self.step.number >= LOGIN:
            self.give_passwords()
            if user:
                await self.log_in(user)
                await self.sign_in(user)
        return self.client

    def give_passwords(self) -> None:
        """Let Ada and Grace have a password, which costs nothing to check."""
        self.patch.setattr(self.part("passwords"), "N", 2)
        kept = self.part("passwords").hash_password(PASSWORD)
        with sqlite3.connect(self.data / "blog.db") as db:
            db.execute("UPDATE users SET password = ?", [kept])
        db.close()

    async def log_in(self, name: str) -> None:
        """Log in on the pages, as somebody who was not there before."""
        self.client.session.cookie_jar.clear()
        self.csrf = await self.token()
        answer = await self.form("/login", name=name, password=PASSWORD)
        assert answer.status == 303, f"{name} cannot log in"
        self.csrf = await self.token()

    async def sign_in(self, name: str) -> None:
        """Log in as a program."""
        answer = await self.send("POST", "/api/login", json={"name": name, "password": PASSWORD})
        token = (await answer.json())["token"]
        self.client.session.headers["Authorization"] = f"Bearer {token}"

    async def token(self) -> str:
        """Return what our forms carry."""
        text = await (await self.client.get("/login")).text()
        return text.partition('name="csrf" value="')[2].partition('"')[0]

    async def send(self, method: str, path: str, **options: Any) -> ClientResponse:
        """Ask, and follow nowhere."""
        return await self.client.request(method, path, allow_redirects=False, **options)

    async def form(self, path: str, image: object = None, **fields: str) -> ClientResponse:
        """Send a form as a browser does; bytes are a file, other images a field of text."""
        body = FormData({**fields, "csrf": self.csrf} if self.csrf else fields)
        if image is not None:
            body.add_field("image", image, filename="moth" if isinstance(image, bytes) else None)
        return await self.send("POST", path, data=body)

    async def titles(self) -> list[str]:
        """Return the titles of all posts."""
        listed = await (await self.client.get("/api/posts?limit=100")).json()
        return [post["title"] for post in listed["posts"]]


@dataclass(frozen=True)
class Broken:
    """An app, or a folder of files, that has a trap, and what is said about it."""

    name: str
    says: str
    make: Make
    files: dict[str, str] = field(default_factory=dict)


@dataclass
class Trap:
    """A mistake that is easily made: how it shows, who has it, and where the course meets it."""

    family: str
    """T is what earlier tutorials teach, N what using our apps showed, S what strangers found."""
    number: int
    since: int
    """The first step that could have it."""
    met: tuple[str, ...]
    probe: Callable[[Blog], Awaitable[None]]
    broken: list[Broken] = field(default_factory=list)
    sound: list[Make] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.family}{self.number:02}"

    @property
    def sentence(self) -> str:
        """What goes wrong."""
        return inspect.getdoc(self.probe) or ""

    def caught(self, says: str) -> Callable[[M], M]:
        """Add an app that has the trap, with some of the words in which the probe says so."""

        def add(make: M) -> M:
            self.broken.append(Broken(make.__name__, says, make))
            return make

        return add

    def caught_files(self, name: str, says: str, **files: str) -> None:
        """Add a folder with files, of which two underscores are a dot; nothing of it runs yet."""
        texts = {file.replace("__", "."): text for file, text in files.items()}
        self.broken.append(Broken(name, says, lambda data: None, texts))

    def without(self, make: M) -> M:
        """Add a small app that has not got it, so that the broken ones fail for no other reason."""
        self.sound.append(make)
        return make


TRAPS: list[Trap] = []


def trap(
    number: int, since: int, *met: str, family: str = "T"
) -> Callable[[Callable[[Blog], Awaitable[None]]], Trap]:
    """Make a trap of its probe, whose docstring states it; add the places where it is met."""

    def add(probe: Callable[[Blog], Awaitable[None]]) -> Trap:
        TRAPS.append(Trap(family, number, since, met, probe))
        return TRAPS[-1]

    return add


@dataclass(frozen=True)
class Bare:
    """An app that is nothing but a middleware, for routes that the probe brings along."""

    middleware: Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]

    @property
    def __name__(self) -> str:
        return self.middleware.__name__

    def __call__(self, data: Path) -> "Bare":
        return self

    def app(self) -> web.Application:
        """Make the app."""
        return web.Application(middlewares=[web.middleware(self.middleware)])  # type: ignore[list-item]
