"""Running apps: start, restart at a save, log, framing, and their end with the course."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

import aiohttp
import pytest
import watchfiles

from workshop.apps import app_process, ports
from workshop.apps.log import LINES, WIDTH, AppLog
from workshop.course import ROOT
from workshop.live import apps
from workshop.live.context import CONTEXT
from workshop.tests.live_server import STUB, Browser, live_app, make_course, receive

APP = "/apps/step01/greet"


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A small course; its apps find the engine where it is."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return make_course(tmp_path / "a course")


async def body(address):
    """Return what an app answers."""
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        return await response.text()


async def closed(port):
    """Wait until nobody listens on a port."""
    async with asyncio.timeout(30):
        while True:
            try:
                _, writer = await asyncio.open_connection(ports.HOST, port)
                writer.close()
                await writer.wait_closed()
            except ConnectionError:
                return


async def test_from_start_to_stop(browser):
    """An app goes from starting to running to stopped, and its log is sent."""
    socket = await browser.open_websocket()
    status, app = await browser.request("PUT", APP)
    assert (status, app["name"], app["state"]) == (200, "step01/greet", "starting")
    reply = await receive(socket, "app", state="running")
    assert reply["address"] == app["address"] == f"http://127.0.0.1:{app['port']}/"
    assert await body(app["address"]) == "not done yet"
    log = await receive(socket, "log", name="step01/greet")
    assert "Running on" in log["lines"][0]
    known = (await browser.request("GET", APP))[1]
    assert log["lines"] == known["log"][: log["printed"]]
    assert known["printed"] == len(known["log"])
    assert (await browser.wait(APP, "framed", True))["state"] == "running"
    _, again = await browser.request("PUT", APP)
    assert (again["port"], again["state"]) == (app["port"], "running")
    _, gone = await browser.request("DELETE", APP)
    assert (gone["state"], gone["port"], gone["address"]) == ("stopped", None, None)
    await receive(socket, "app", state="stopped")
    await closed(app["port"])


async def test_a_request_by_the_panel(browser):
    """A request by the panel returns request and response as sent, and the seconds."""
    await browser.request("PUT", APP)
    app = await browser.wait(APP, "state", "running")
    wanted = {"app": "step01/greet", "method": "POST", "path": "/?a=1", "headers": [["X-A", "b"]]}
    status, reply = await browser.request("POST", "/requests", {**wanted, "body": "text"})
    assert (status, reply["error"]) == (200, None)
    request, response = reply["exchange"]["request"], reply["exchange"]["response"]
    assert (request["start"], request["body"], request["size"]) == (
        "POST /?a=1 HTTP/1.1",
        "text",
        4,
    )
    assert ["X-A", "b"] in request["headers"]
    assert response["start"] == "HTTP/1.1 405 Method Not Allowed"
    assert response["body"] == "405: Method Not Allowed"
    assert reply["exchange"]["seconds"] > 0
    assert f"{app['port']}/?a=1" in reply["exchange"]["curl"]


async def test_a_save_starts_it_again(browser, file):
    """A save restarts the app at the same address."""
    socket = await browser.open_websocket()
    _, app = await browser.request("PUT", APP)
    await receive(socket, "app", state="running")
    file.write_text(STUB.replace("not done yet", "well done up"))
    await receive(socket, "app", state="starting")
    reply = await receive(socket, "app", state="running")
    assert reply["port"] == app["port"]
    assert await body(app["address"]) == "well done up"
    assert "saved: starting again" in reply["log"]


@pytest.mark.parametrize(
    "error",
    [OSError("OS file watch limit reached"), RuntimeError("Too many open files (os error 24)")],
    ids=repr,
)
async def test_no_more_watches(browser, file, monkeypatch, error):
    """An app starts and restarts where the system has no more file watches."""

    def refuse(*folders, **more):
        raise error

    monkeypatch.setattr(watchfiles, "awatch", refuse)
    socket = await browser.open_websocket()
    await browser.request("PUT", APP)
    await receive(socket, "app", state="running")
    file.write_text(STUB.replace("not done yet", "well done up"))
    await receive(socket, "app", state="starting")
    reply = await receive(socket, "app", state="running")
    assert await body(reply["address"]) == "well done up"
    file.write_text(STUB.replace("not done yet", "done once more"))
    await receive(socket, "app", state="starting")
    await receive(socket, "app", state="running")
    assert await body(reply["address"]) == "done once more"


async def test_it_cannot_be_watched_at_all(browser, monkeypatch):
    """An app that cannot be watched fails with a sentence, and does not stay "starting"."""

    def refuse(*folders, **more):
        raise FileNotFoundError("nothing to give")

    monkeypatch.setattr(watchfiles, "awatch", refuse)
    socket = await browser.open_websocket()
    await browser.request("PUT", APP)
    reply = await receive(socket, "app", state="failed")
    assert "can no longer be watched: nothing to give" in "\n".join(reply["log"])


HALVES = {
    "no Python": ("web.Response(", "web.Response(("),
    "no such name": ("def create_app", "@rou\ndef create_app"),
    "no such module": ("from aiohttp", "from aioht"),
    "an end of its own": ("async def index", "raise SystemExit(3)\n\n\nasync def index"),
}
"""What a half-typed line may be."""


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES)
async def test_half_a_line_does_not_stop_it(browser, file, half):
    """A save with a syntax error leaves the old app running; the next good save restarts it."""
    socket = await browser.open_websocket()
    _, app = await browser.request("PUT", APP)
    await receive(socket, "app", state="running")
    file.write_text(STUB.replace(*half))
    reply = await receive(socket, "app", notice=app_process.STILL_RUNNING)
    assert reply["state"] == "running"
    assert await body(app["address"]) == "not done yet"
    said = "\n".join(reply["log"])
    assert app_process.STILL_RUNNING in said
    assert "Error" in said or "SystemExit" in half[1]
    assert "lifeline" not in said
    file.write_text(STUB.replace("not done yet", "well done up"))
    await receive(socket, "app", state="starting", notice=None)
    await receive(socket, "app", state="running", notice=None)
    assert await body(app["address"]) == "well done up"


async def test_a_loop_on_import_does_not_stop_it(browser, file, monkeypatch):
    """A save that never ends to import is given up, and the next save is loaded."""
    socket = await browser.open_websocket()
    await browser.request("PUT", APP)
    await receive(socket, "app", state="running")
    file.write_text("while True:\n    pass\n" + STUB)
    file.write_text("while True:\n    pass  # still\n" + STUB)
    monkeypatch.setattr(app_process, "START_SECONDS", 0.2)
    file.write_text("while True:\n    pass  # and still\n" + STUB)
    reply = await receive(socket, "app", notice=app_process.STILL_RUNNING)
    assert reply["state"] == "running"
    monkeypatch.setattr(app_process, "START_SECONDS", 30)
    file.write_text(STUB.replace("not done yet", "well done up"))
    await receive(socket, "app", state="starting")
    await receive(socket, "app", state="running")


async def test_the_state_says_which_apps_run(browser):
    """The state has the running apps with their addresses, for pages that open later."""
    _, state = await browser.request("GET", "/state")
    assert state["apps"] == []
    _, app = await browser.request("PUT", APP)
    await browser.wait(APP, "state", "running")
    _, state = await browser.request("GET", "/state")
    wanted = {"name": "step01/greet", "state": "running", "address": app["address"]}
    assert state["apps"] == [wanted]
    await browser.request("DELETE", APP)
    assert (await browser.request("GET", "/state"))[1]["apps"] == []


async def test_one_that_fails_on_import(browser, file):
    """An import error's log begins at the app's own line; a good save starts it."""
    file.write_text("import nothing_of_this_name\n" + STUB)
    socket = await browser.open_websocket()
    await browser.request("PUT", APP)
    reply = await receive(socket, "app", state="failed")
    said = "\n".join(reply["log"])
    assert "nothing_of_this_name" in said
    assert file.name in said
    assert "lifeline" not in said
    assert "runpy" not in said
    assert "exit code 1" in reply["log"][-1]
    await browser.request("PUT", APP)
    await receive(socket, "app", state="failed")
    file.write_text(STUB)
    await receive(socket, "app", state="running")


async def test_one_that_never_listens(browser, file, monkeypatch):
    """An app that never listens fails with advice in its log."""
    monkeypatch.setattr(app_process, "START_SECONDS", 0.2)
    file.write_text(STUB.replace("web.run_app", "import time; time.sleep(600); web.run_app"))
    socket = await browser.open_websocket()
    await browser.request("PUT", APP)
    reply = await receive(socket, "app", state="failed")
    assert 'os.environ["PORT"]' in reply["log"][-1]


@pytest.mark.skipif(os.name == "nt", reason="nothing can be refused there")
async def test_one_that_does_not_want_to_end(browser, file):
    """An app that ignores SIGTERM is killed, with its child processes."""
    stubborn = "import os, signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nos.fork()\n"
    waits = "web.run_app = lambda *a, **k: (_listen(), time.sleep(600))\n"
    listens = "def _listen():\n    import socket\n    global s\n    s = socket.socket()\n"
    listens += "    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)\n"
    listens += "    s.bind(('127.0.0.1', int(os.environ['PORT'])))\n    s.listen()\n\n\n"
    head, tail = STUB.split("async def index")
    file.write_text(f"{head}{stubborn}{listens}{waits}\n\nasync def index{tail}")
    await browser.request("PUT", APP)
    app = await browser.wait(APP, "state", "running")
    await browser.request("DELETE", APP)
    await closed(app["port"])


async def test_the_step_keeps_its_data_where_run_does(browser, course):
    """Step and exercise use the data folder of the command `run`."""
    await browser.request("PUT", "/apps/step01")
    app = await browser.wait("/apps/step01", "state", "running")
    assert await body(app["address"]) == "the step"
    assert (course.root / ".workshop/data/step01_hello").is_dir()


async def test_so_many_and_no_more(browser, monkeypatch):
    """One app too many is refused with the names of those that run."""
    monkeypatch.setattr(apps, "MAX_APPS", 1)
    await browser.request("PUT", APP)
    status, reply = await browser.request("PUT", "/apps/step01")
    assert status == 409
    assert "step01/greet" in reply["error"]["message"]


async def test_a_data_folder_that_cannot_be_made(browser, course):
    """Where the data folder cannot be made the start is refused with a sentence."""
    (course.root / ".workshop").write_text("")
    status, reply = await browser.request("PUT", APP)
    assert status == 409
    assert "cannot be made" in reply["error"]["message"]


async def test_it_ends_with_the_course(course, aiohttp_client):
    """Apps end when the course is stopped, and no task of them is left."""
    app = live_app(course)
    client = await aiohttp_client(app)
    browser = await Browser(client).enter()
    await browser.request("PUT", APP)
    known = await browser.wait(APP, "state", "running")
    await client.server.close()
    await closed(known["port"])
    assert app[CONTEXT].apps.state_of("step01/greet").state == "stopped"


COURSE = """
import asyncio, pathlib, sys
from workshop.apps.app_process import AppProcess, ProcessState

async def main():
    root = pathlib.Path(sys.argv[1])
    told = asyncio.Event()
    app = AppProcess(
        root, "exercises.step01_hello.greet", root / "exercises", root, told.set, print)
    app.start()
    while app.state is not ProcessState.RUNNING:
        told.clear()
        await told.wait()
    print("PORT", app.port, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal there")
async def test_it_ends_with_a_course_that_is_killed(course):
    """Apps end when the course is killed, because the lifeline is closed."""
    words = (sys.executable, "-c", COURSE, str(course.root))
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*words, stdout=pipe)
    assert process.stdout
    async with asyncio.timeout(60):
        while not (line := await process.stdout.readline()).startswith(b"PORT"):
            assert line
    process.send_signal(signal.SIGKILL)
    await process.communicate()
    await closed(int(line.split()[1]))


OFFSPRING = """
import signal, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])

def end(number, frame):
    raise SystemExit

signal.signal(signal.SIGTERM, end)
try:
    print(child.pid, flush=True)
    time.sleep(600)
finally:
    print("tidied up")
"""


@pytest.mark.skipif(os.name == "nt", reason="there are no such groups there")
async def test_one_that_is_let_go_of_tidies_up_and_takes_its_own_along(tmp_path):
    """What came out of it holds its output open: that ends only when all of them are gone."""
    (tmp_path / "offspring.py").write_text(OFFSPRING)
    words = (sys.executable, "-m", "workshop.apps.lifeline", "offspring")
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *words,
        stdin=pipe,
        stdout=pipe,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"},
        start_new_session=True,
    )
    assert process.stdin
    assert process.stdout
    async with asyncio.timeout(60):
        assert await process.stdout.readline()
        process.stdin.close()
        assert await process.stdout.read() == b"tidied up\n"
        await process.wait()


async def test_a_log_keeps_the_last_lines():
    """A log keeps the last lines, cut to a width, and joins letters that arrive in halves."""
    told: list[list[str]] = []
    log = AppLog(told.append)
    data = "Zoë\r\n".encode()
    log.feed(data[:3])
    log.feed(data[3:] + b"\xff\n" + b"x" * (WIDTH * 3) + b"\nrest")
    log.end()
    assert list(log.lines) == ["Zoë", "\ufffd", "x" * WIDTH + " …", "rest"]
    assert told == [list(log.lines)]
    for number in range(LINES * 3):
        log.add_line(str(number))
    assert log.lines[0] == str(LINES * 2)
    log.flush()
    assert [len(lines) for lines in told] == [4, LINES]


@pytest.mark.parametrize(
    ("headers", "framed"),
    [
        ({}, True),
        ({"X-Frame-Options": "DENY"}, False),
        ({"X-Frame-Options": "sameorigin"}, False),
        ({"Content-Security-Policy": "frame-ancestors 'none'"}, False),
        ({"Content-Security-Policy": "default-src 'self'; frame-ancestors 'self'"}, False),
        ({"Content-Security-Policy": "default-src 'self'; form-action 'self'"}, True),
        ({"Content-Security-Policy": "frame-ancestors"}, False),
        ({"Content-Security-Policy": "frame-ancestors http://127.0.0.1:*"}, True),
        ({"Content-Security-Policy": "frame-ancestors *", "X-Frame-Options": "DENY"}, True),
        ({"Content-Security-Policy": "frame-ancestors *, frame-ancestors 'none'"}, False),
        ({"Content-Security-Policy": "frame-ancestors https://blog.example"}, False),
    ],
    ids=str,
)
def test_whether_a_page_may_show_it(headers, framed):
    """The headers of an app decide as in a browser whether a page may frame it."""
    assert apps.headers_allow_framing(headers) is framed


async def test_nobody_there_to_ask():
    """Framing is unknown (None) where no server listens."""
    assert await apps.allows_framing(ports.free_port()) is None
