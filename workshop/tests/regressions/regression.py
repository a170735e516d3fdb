"""The table of regressions, and the blogs on which their probes run.

A probe passes on the steps of the course and on sound apps, and fails on apps with the mistake.
"""

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
"""The first step whose `create_app` takes a `Config`."""
CONNECTION = 6
"""The first step in which a middleware ends the transaction."""
LOGIN = 7
"""The first step in which writing needs a login."""

Client = TestClient[web.Request, web.Application]
AppFactory = Callable[[Path], Any]
"""Takes a folder for the data; returns an object whose method `app` makes an application."""
M = TypeVar("M", bound=AppFactory)


@dataclass
class Blog:
    """The blog that a probe tests: over HTTP, and by its modules."""

    data: Path
    patch: pytest.MonkeyPatch
    log: pytest.LogCaptureFixture
    clients: Callable[..., Awaitable[Client]]
    folder: Path
    """The folder of its source files."""
    page: Path
    """The page of the site that shows these files."""
    step: Step | None = None
    made: Any = None
    """A small app instead of a step: one object in place of all modules."""
    csrf: str = ""
    client: Client = field(init=False)

    def part(self, name: str) -> Any:
        """Return a module of the step, or the small app in its place."""
        return importlib.import_module(self.name_of(name)) if self.step else self.made

    def name_of(self, name: str) -> str:
        """Return the name by which another process imports a part."""
        return f"steps.{self.step.folder}.{name}" if self.step else getattr(self.made, name)

    def lend(self, request: web.Request) -> AbstractAsyncContextManager[aiosqlite.Connection]:
        """Open the database for a request, as the handlers of the step do."""
        renamed = self.step is not None and self.step.number >= CONNECTION
        db = self.part("db")
        lent: AbstractAsyncContextManager[aiosqlite.Connection] = (
            db.connection(request) if renamed else db.transaction(request)
        )
        return lent

    def make(self, **settings: object) -> web.Application:
        """Make the application; `settings` are fields of the step's `Config`."""
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
        """Serve the application with additional routes; log in where writing needs a login."""
        app = self.make(**settings)
        app.add_routes(routes)
        return await self.run(app, user)

    async def run(self, app: web.Application, user: str = "Ada") -> Client:
        """Serve an application; log in where writing needs a login."""
        self.client = await self.clients(app)
        if self.step and self.step.number >= LOGIN:
            self.give_passwords()
            if user:
                await self.log_in(user)
                await self.sign_in(user)
        return self.client

    def give_passwords(self) -> None:
        """Give Ada and Grace a password whose hash is computed quickly."""
        self.patch.setattr(self.part("passwords"), "N", 2)
        kept = self.part("passwords").hash_password(PASSWORD)
        with sqlite3.connect(self.data / "blog.db") as db:
            db.execute("UPDATE users SET password = ?", [kept])
        db.close()

    async def log_in(self, name: str) -> None:
        """Log in on the pages with an empty cookie jar."""
        self.client.session.cookie_jar.clear()
        self.csrf = await self.token()
        answer = await self.form("/login", name=name, password=PASSWORD)
        assert answer.status == 303, f"{name} cannot log in"
        self.csrf = await self.token()

    async def sign_in(self, name: str) -> None:
        """Log in over the API; send the bearer token with every request from now on."""
        answer = await self.send("POST", "/api/login", json={"name": name, "password": PASSWORD})
        token = (await answer.json())["token"]
        self.client.session.headers["Authorization"] = f"Bearer {token}"

    async def token(self) -> str:
        """Return the CSRF token of the login form."""
        text = await (await self.client.get("/login")).text()
        return text.partition('name="csrf" value="')[2].partition('"')[0]

    async def send(self, method: str, path: str, **options: Any) -> ClientResponse:
        """Send a request; follow no redirect."""
        return await self.client.request(method, path, allow_redirects=False, **options)

    async def form(self, path: str, image: object = None, **fields: str) -> ClientResponse:
        """Send a form as a browser does; an image of bytes is a file, another one a text field."""
        body = FormData({**fields, "csrf": self.csrf} if self.csrf else fields)
        if image is not None:
            body.add_field("image", image, filename="moth" if isinstance(image, bytes) else None)
        return await self.send("POST", path, data=body)

    async def titles(self) -> list[str]:
        """Return the titles of all posts."""
        listed = await (await self.client.get("/api/posts?limit=100")).json()
        return [post["title"] for post in listed["posts"]]


@dataclass(frozen=True)
class BrokenApp:
    """An app, or a folder of files, with the mistake; `says` is part of the probe's message."""

    name: str
    says: str
    make: AppFactory
    files: dict[str, str] = field(default_factory=dict)


@dataclass
class Regression:
    """A mistake that a step must not have: its probe, apps with it, pages that teach it."""

    family: str
    """T: from earlier tutorials; N: found by using the apps; S: found by attacks and load."""
    number: int
    first_step: int
    """The number of the first step that could have the mistake."""
    taught_in: tuple[str, ...]
    """Pages ("step02_routes/index.md: words of the page") and answers that show it."""
    probe: Callable[[Blog], Awaitable[None]]
    broken: list[BrokenApp] = field(default_factory=list)
    sound: list[AppFactory] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.family}{self.number:02}"

    @property
    def sentence(self) -> str:
        """The docstring of the probe: what goes wrong."""
        return inspect.getdoc(self.probe) or ""

    def fails_on(self, says: str) -> Callable[[M], M]:
        """Add an app with the mistake; `says` is a pattern of the message of the probe."""

        def add(make: M) -> M:
            self.broken.append(BrokenApp(make.__name__, says, make))
            return make

        return add

    def fails_on_files(self, name: str, says: str, **files: str) -> None:
        """Add a folder of files with the mistake; "__" in a name stands for a dot."""
        texts = {file.replace("__", "."): text for file, text in files.items()}
        self.broken.append(BrokenApp(name, says, lambda data: None, texts))

    def passes_on(self, make: M) -> M:
        """Add a small app without the mistake: the probe must pass on it."""
        self.sound.append(make)
        return make


REGRESSIONS: list[Regression] = []


def regression(
    number: int, first_step: int, *taught_in: str, family: str = "T"
) -> Callable[[Callable[[Blog], Awaitable[None]]], Regression]:
    """Register the decorated probe, whose docstring is the sentence of the table."""

    def add(probe: Callable[[Blog], Awaitable[None]]) -> Regression:
        REGRESSIONS.append(Regression(family, number, first_step, taught_in, probe))
        return REGRESSIONS[-1]

    return add


@dataclass(frozen=True)
class MiddlewareApp:
    """An app that has only a middleware; the probe adds the routes."""

    middleware: Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]

    @property
    def __name__(self) -> str:
        return self.middleware.__name__

    def __call__(self, data: Path) -> "MiddlewareApp":
        return self

    def app(self) -> web.Application:
        """Make the application."""
        return web.Application(middlewares=[web.middleware(self.middleware)])  # type: ignore[list-item]
