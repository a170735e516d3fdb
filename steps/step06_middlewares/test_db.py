"""What was said is kept, two requests at once do not disturb each other, importing does nothing."""

import asyncio
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import aiosqlite
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, make_mocked_request

from . import config, store
from . import db as db_module
from .app import create_app
from .config import Config
from .db import CONNECTIONS, POOL, WRITER, connection, database, end, end_transactions

if TYPE_CHECKING:
    from pytest_aiohttp.plugin import AiohttpClient

Client = TestClient[web.Request, web.Application]
POST = {"title": "On loops", "text": "A loop waits.", "owner": "Grace"}


async def test_a_restart_keeps_the_posts(aiohttp_client: "AiohttpClient", data: Path) -> None:
    """What was made, changed and deleted stays so when the server starts anew."""
    client = await aiohttp_client(create_app(Config(data)))
    await client.post("/api/posts", json=POST)
    await client.patch("/api/posts/1", json={"title": "New"})
    await client.delete("/api/posts/2")
    before = await (await client.get("/api/posts")).json()
    assert [post["id"] for post in before["posts"]] == [1, 3]
    await client.close()
    again = await aiohttp_client(create_app(Config(data)))
    assert await (await again.get("/api/posts")).json() == before


async def test_many_at_once(client: Client) -> None:
    """Forty requests that write at once are all kept, each under its own number."""
    answers = await asyncio.gather(*(client.post("/api/posts", json=POST) for _ in range(40)))
    assert {answer.status for answer in answers} == {201}
    assert len({(await answer.json())["id"] for answer in answers}) == 40


async def test_half_done_work_stays_hidden(client: Client, app: web.Application) -> None:
    """Nobody sees, keeps or waits for what another request has not finished."""

    async def handler(request: web.Request) -> web.Response:
        async with connection(request) as db:
            await store.change(db, 1, {"title": "Half"})
        assert "Half" not in await (await client.get("/api/posts/1")).text()
        raise web.HTTPConflict

    with pytest.raises(web.HTTPConflict):
        await end_transactions(make_mocked_request("GET", "/", app=app), handler)
    assert (await client.delete("/api/posts/2")).status == 204
    assert "Half" not in await (await client.get("/api/posts/1")).text()


async def test_connections_come_back(client: Client, app: web.Application) -> None:
    """Whatever happens in a transaction, its connection is lent again."""
    for _ in range(3 * CONNECTIONS):
        await client.get("/api/posts/99")
    assert app[POOL].qsize() == CONNECTIONS


async def test_cancelled_work_is_undone(client: Client, app: web.Application) -> None:
    """A task that is cancelled in the middle leaves nothing behind."""
    changed = asyncio.Event()

    async def handler(request: web.Request) -> web.Response:
        async with connection(request) as db:
            await store.change(db, 1, {"title": "Half"})
            changed.set()
            await asyncio.Event().wait()
        return web.Response()

    request = make_mocked_request("GET", "/", app=app)
    task = asyncio.ensure_future(end_transactions(request, handler))
    await changed.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert app[POOL].qsize() == CONNECTIONS
    assert "Half" not in await (await client.get("/api/posts/1")).text()


@pytest.mark.parametrize(("status", "kept"), [(200, True), (303, True), (304, True), (422, False)])
@pytest.mark.parametrize("raised", [True, False])
async def test_the_answer_decides(
    client: Client, app: web.Application, status: int, kept: bool, raised: bool
) -> None:
    """What was written is kept after an answer below 400, returned or raised."""

    async def handler(request: web.Request) -> web.Response:
        for fields in {"title": "New"}, {"text": "Newer"}:
            async with connection(request) as db:
                await store.change(db, 1, fields)
        if raised and status > 300:
            kinds = {303: web.HTTPSeeOther("/"), 304: web.HTTPNotModified()}
            raise kinds.get(status, web.HTTPUnprocessableEntity())
        return web.Response(status=status)

    with suppress(web.HTTPException):
        await end_transactions(make_mocked_request("GET", "/", app=app), handler)
    post = await (await client.get("/api/posts/1")).json()
    assert (post["title"] == "New", post["text"] == "Newer") == (kept, kept)
    assert app[POOL].qsize() == CONNECTIONS


async def test_a_failing_rollback_loses_no_connection(
    client: Client, app: web.Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even then the connection is lent again."""

    async def fail(_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(aiosqlite.Connection, "rollback", fail)
    request = make_mocked_request("POST", "/", app=app)
    async with connection(request) as db:
        await store.change(db, 1, {"title": "New"})
    with pytest.raises(sqlite3.OperationalError):
        await end(request, keep=True)
    assert app[WRITER].qsize() == 1


async def test_files_stay_when_the_post_does(
    client: Client, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the end of the transaction fails, the post is there, and its files are."""

    async def fail(_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    await client.post("/api/posts/1/files", data={"file": BytesIO(b"notes")})
    with monkeypatch.context() as patch:
        patch.setattr(aiosqlite.Connection, "commit", fail)
        assert (await client.delete("/api/posts/1")).status == 500
    assert (await client.get("/1/files/file")).status == 200


async def test_readers_hold_no_connection(client: Client, app: web.Application) -> None:
    """A request that has only read does not keep others waiting, however long it takes."""
    request = make_mocked_request("GET", "/", app=app)
    async with connection(request) as db:
        assert await store.find(db, 1)
    assert app[POOL].qsize() == CONNECTIONS


async def test_two_servers_start_at_once(aiohttp_client: "AiohttpClient", data: Path) -> None:
    """Two that share a new file make its tables once."""
    apps = create_app(Config(data)), create_app(Config(data))
    clients = await asyncio.gather(*(aiohttp_client(app) for app in apps))
    for client in clients:
        assert len((await (await client.get("/api/posts")).json())["posts"]) == 2


def other_tables(path: Path) -> None:
    """Make a database with which another program works."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE posts (colour)")


@pytest.mark.parametrize(
    "spoil",
    [Path.mkdir, lambda path: path.write_bytes(b"garbage" * 100), other_tables],
    ids=["folder", "garbage", "another program's"],
)
async def test_what_is_no_database(
    data: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[Path], object]
) -> None:
    """A start that cannot succeed says which file is in the way, and ends."""
    await asyncio.to_thread(data.mkdir)
    await asyncio.to_thread(spoil, data / "blog.db")
    with pytest.raises(SystemExit, match=r"^2$"):
        await anext(database(create_app(Config(data))))
    assert re.search(r"blog\.db cannot be used: .*WORKSHOP_DATA", capsys.readouterr().err)


def test_the_program_ends_in_one_sentence(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder in the database's place: no traceback, and the exit code of a wrong call."""
    (data / "blog.db").mkdir(parents=True)
    monkeypatch.setenv("WORKSHOP_DATA", str(data))
    command = [sys.executable, "-m", f"{__name__.rpartition('.')[0]}.app"]
    done = subprocess.run(command, timeout=20, capture_output=True, text=True)  # noqa: S603
    assert done.returncode == 2
    assert done.stderr.startswith(str(data))
    assert "Traceback" not in done.stderr


async def test_waiting_writers_stop_no_reader(client: Client, data: Path) -> None:
    """While another program writes, posts can be read; who waits to write gets a 201 at last."""
    with closing(sqlite3.connect(data / "blog.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        many = range(2 * CONNECTIONS)
        writers = [asyncio.create_task(client.post("/api/posts", json=POST)) for _ in many]
        for _ in range(20):
            assert (await client.get("/api/posts/1")).status == 200
        assert not any(writer.done() for writer in writers)
    assert {(await writer).status for writer in writers} == {201}


async def test_a_lock_is_no_fault_of_ours(
    aiohttp_client: "AiohttpClient", data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When another program writes for too long, a 503 says when to come back."""
    monkeypatch.setattr(db_module, "PATIENCE", 0.01)
    client = await aiohttp_client(create_app(Config(data)))
    with closing(sqlite3.connect(data / "blog.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answers = await asyncio.gather(*(client.post("/api/posts", json=POST) for _ in range(3)))
    assert {answer.status for answer in answers} == {503}
    assert {answer.headers["Retry-After"] for answer in answers} == {"1"}
    assert (await client.post("/api/posts", json=POST)).status == 201


def test_where_the_data_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    """WORKSHOP_DATA decides when the app is made; else it is the step's own folder."""
    monkeypatch.setenv("WORKSHOP_DATA", "elsewhere")
    assert config.from_environment() == Config(Path("elsewhere"))
    monkeypatch.delenv("WORKSHOP_DATA")
    assert config.from_environment() == Config(Path(config.__file__).parent / "data")


def test_whom_we_believe(monkeypatch: pytest.MonkeyPatch) -> None:
    """WORKSHOP_PROXIES lists addresses and networks."""
    monkeypatch.setenv("WORKSHOP_PROXIES", "127.0.0.1, 10.0.0.0/8 ::1")
    networks = ["127.0.0.1/32", "10.0.0.0/8", "::1/128"]
    assert [str(proxy) for proxy in config.from_environment().proxies] == networks


def test_importing_does_nothing(data: Path) -> None:
    """No server runs and no file appears when the modules are imported."""
    name = __name__.rpartition(".")[0]
    code = f"import {name}.app as app, {name}.cli; app.create_app()"
    done = subprocess.run([sys.executable, "-c", code], timeout=20, check=True)  # noqa: S603
    assert done.returncode == 0
    assert not data.exists()


@pytest.mark.parametrize("text", ["somewhere", "10.0.0.1/8", "127.0.0.1; ::1", "300.0.0.1"])
def test_proxies_that_are_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    """The start ends with a sentence that names the setting and the word in it."""
    monkeypatch.setenv("WORKSHOP_PROXIES", text)
    with pytest.raises(SystemExit, match=r"^2$"):
        config.from_environment()
    assert re.match(f"WORKSHOP_PROXIES must be .*{text.split()[0]}", capsys.readouterr().err)
