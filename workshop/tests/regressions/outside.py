"""Regressions around an API: T9 other sites, T10 the import, T11 the command line.

Every app with the decorator `fails_on` is broken on purpose: do not copy it.
"""

import asyncio
import importlib
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import click
from aiohttp import web
from click.testing import CliRunner, Result

from .regression import POST, Blog, regression
from .shelf import Shelf

ELSEWHERE = {"Origin": "https://elsewhere.example"}


@regression(
    9,
    3,
    "step03_rest/create_post/wrong_text_plain",
    "step03_rest/index.md: `text/plain` anywhere",
)
async def any_page_may_post(blog: Blog) -> None:
    """JSON is accepted as text/plain, so any web page can make a browser send it."""
    await blog.serve()
    before = await blog.titles()
    for headers in {}, ELSEWHERE:
        plain = {"Content-Type": "text/plain", **headers}
        answer = await blog.send("POST", "/api/posts", data=json.dumps(POST), headers=plain)
        assert answer.status in {403, 415}, f"text/plain was taken: {answer.status}"
    assert await blog.titles() == before


@any_page_may_post.fails_on("text/plain was taken")
class TakesAnyType(Shelf):
    async def create(self, request: web.Request) -> web.Response:
        return web.json_response(self.keep(json.loads(await request.text())), status=201)


def fresh(folder: Path) -> ModuleType:
    """Import the app of a folder in a fresh state."""
    package = ModuleType("fresh")
    package.__path__ = [str(folder)]
    sys.modules["fresh"] = package
    try:
        return importlib.import_module("fresh.app")
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "fresh"]:
            del sys.modules[name]


@regression(
    10,
    3,
    "step03_rest/index.md: A program that goes looking for its database",
)
async def import_runs_it(blog: Blog) -> None:
    """The import starts the server, or the app searches .git upwards for its database."""
    started: list[str] = []
    with blog.patch.context() as patch:
        for name in "aiohttp.web.run_app", "socket.socket.bind", "sqlite3.connect":
            patch.setattr(name, lambda *_, name=name, **__: started.append(name))
        app = fresh(blog.folder)
    assert not started, f"the import called {started[0]}"
    blog.patch.setenv("WORKSHOP_DATA", str(blog.data / "here"))
    await blog.clients(app.create_app())
    assert (blog.data / "here" / "blog.db").exists(), "the database is not where it should be"


LOOKS_UPWARDS = """
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from aiohttp import web

def create_app():
    here = Path(__file__).parent
    while not (here / ".git").exists():
        here = here.parent
    sqlite3.connect(here / "blog.db").close()
    return web.Application()
"""

RUNS_ON_IMPORT = """
from aiohttp import web

app = web.Application()
web.run_app(app)
"""

import_runs_it.fails_on_files(
    "RunsOnImport", r"called aiohttp\.web\.run_app", app__py=RUNS_ON_IMPORT
)
import_runs_it.fails_on_files(
    "LooksUpwards", "the database is not where", app__py=LOOKS_UPWARDS, __git=""
)


def run(blog: Blog, server: Any, *words: str) -> Awaitable[Result]:
    """Run the command line against a server."""
    command = ["--server", str(server.make_url("/")), *words]
    return asyncio.to_thread(CliRunner().invoke, blog.part("cli").cli, command)


@regression(
    11,
    3,
    "step03_rest/client_update/wrong_reason_of_http",
    "step03_rest/client_update/wrong_new_field",
    "step03_rest/index.md: reasons to stderr",
)
async def deaf_client(blog: Blog) -> None:
    """The command line hides the server's message, exits with 0, or fails on a new field."""

    async def newer(request: web.Request) -> web.Response:
        return web.json_response({"id": 1, **POST, "editor": "Ada", "likes": 5})

    refused = await run(blog, await blog.serve(), "get", "99")
    assert refused.exit_code != 0, "a refusal ends with exit code 0"
    assert "There is no such post" in refused.stderr, "the reason is not on stderr"
    assert refused.stdout == "", f"a fault was written to stdout: {refused.stdout}"
    app = web.Application()
    app.router.add_get("/api/posts/1", newer)
    shown = await run(blog, await blog.clients(app), "get", "1")
    assert shown.exit_code == 0, "a new field in the answer broke it"
    assert POST["title"] in shown.stdout


def command(show: Callable[[int, dict[str, Any]], None]) -> click.Group:
    """Make a command line with one command that prints a response."""

    @click.group()
    @click.option("--server")
    @click.pass_context
    def cli(context: click.Context, server: str) -> None:
        context.obj = server

    @cli.command()
    @click.argument("number")
    @click.pass_obj
    def get(server: str, number: str) -> None:
        try:
            with urlopen(f"{server}api/posts/{number}") as answer:
                show(answer.status, json.load(answer))
        except HTTPError as answer:
            with answer:
                show(answer.code, json.load(answer))

    return cli


@dataclass
class Known:
    """The fields of a post that this client knows."""

    id: int
    title: str
    text: str
    owner: str
    editor: str


def prints_all(status: int, data: dict[str, Any]) -> None:
    click.echo(data)


def loses_the_reason(status: int, data: dict[str, Any]) -> None:
    if status >= 400:
        raise click.ClickException(f"Error {status}")


def says_it_on_stdout(status: int, data: dict[str, Any]) -> None:
    if status >= 400:
        click.echo(f"Error {status}")
        raise click.ClickException(data["error"]["reason"])


def knows_every_field(status: int, data: dict[str, Any]) -> None:
    if status >= 400:
        raise click.ClickException(data["error"]["reason"])
    click.echo(Known(**data).title)


@deaf_client.fails_on("ends with exit code 0")
class ExitsWith0(Shelf):
    cli = command(prints_all)


@deaf_client.fails_on("the reason is not on stderr")
class LosesTheReason(Shelf):
    cli = command(loses_the_reason)


@deaf_client.fails_on("a fault was written to stdout")
class SaysItOnStdout(Shelf):
    cli = command(says_it_on_stdout)


@deaf_client.fails_on("a new field in the answer broke it")
class KnowsEveryField(Shelf):
    cli = command(knows_every_field)


any_page_may_post.passes_on(Shelf)
