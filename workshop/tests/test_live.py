"""The JSON API and the websocket of the live course."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import io
import json
import os
import zipfile
from typing import Any

import aiohttp
import pytest

from workshop.live import broadcast, security
from workshop.live.context import CONTEXT
from workshop.live.messages import LogEvent
from workshop.tests.live_server import (
    SOLVED_TEXT,
    STUB,
    TOKEN,
    Browser,
    live_app,
    make_course,
    receive,
    version,
    write,
)
from workshop.tests.polling import wait_until
from workshop.workspace.session import CourseSession

GREET = "/exercises/step01/greet"
SOLVED = STUB.replace("not done yet", SOLVED_TEXT)
SAVE = {"content": SOLVED, "version": version(STUB)}


@pytest.fixture
def course(tmp_path):
    """A small course."""
    return make_course(tmp_path / "a course")


# The state


async def test_the_state(browser):
    """/live/state has steps and exercises in short, and the next exercise."""
    status, state = await browser.request("GET", "/state")
    assert status == 200
    assert [e["key"] for e in state["exercises"]] == ["step01/greet", "step01/count"]
    assert state["exercises"][0] == {
        "key": "step01/greet",
        "name": "greet",
        "step": "step01_hello",
        "title": "Greet",
        "number": 1,
        "minutes": 5,
        "when": "room",
        "done": False,
        "passes": False,
        "checks": 0,
        "outcome": None,
        "passed": 0,
        "of": 2,
        "page": "step01_hello/#exercise-greet",
        "file": "exercises/step01_hello/greet.py",
        "is_app": True,
    }
    assert [e["is_app"] for e in state["exercises"]] == [True, False]
    step = {"label": "step01", "folder": "step01_hello", "title": "Hello"}
    assert state["steps"] == [{**step, "page": "step01_hello/", "app": True}]
    assert (state["next"], state["notice"]) == ("step01/greet", None)


async def test_the_state_after_a_check(browser, file):
    """After a check the state has outcome, count of checks and the next exercise."""
    file.write_text(SOLVED)
    socket = await browser.open_websocket()
    await browser.request("POST", f"{GREET}/check")
    report = await receive(socket, "report", done=True, next="step01/count")
    assert report["version"] == version(SOLVED)
    _, state = await browser.request("GET", "/state")
    greet = state["exercises"][0]
    assert greet["outcome"] == "pass"
    assert (greet["done"], greet["passed"], state["next"]) == (True, 1, "step01/count")
    assert greet["checks"] >= 1


async def test_a_suite_that_changes_is_read_again(browser, course):
    """A changed suite is read again; after a syntax error the old state stays, with a notice."""
    suite = course.exercises[0].suite
    text = suite.read_text("utf-8")
    suite.write_text(text.replace("Greet", "Greet everyone"))
    _, state = await browser.request("GET", "/state")
    assert state["exercises"][0]["title"] == "Greet everyone"
    suite.write_text("x = (")
    _, state = await browser.request("GET", "/state")
    assert "test_greet.py" in state["notice"]
    assert len(state["exercises"]) == 2
    suite.write_text(text)
    _, state = await browser.request("GET", "/state")
    assert (state["exercises"][0]["title"], state["notice"]) == ("Greet", None)


# The learner's file


async def test_an_exercise(browser):
    """The state of an exercise has file, stub and the step's file, no solution before a pass."""
    status, one = await browser.request("GET", GREET)
    assert status == 200
    assert (one["content"], one["version"], one["stub"]) == (STUB, version(STUB), STUB)
    assert one["previous"]["file"] == "steps/step01_hello/app.py"
    assert one["previous"]["title"] == "step01: Hello"
    assert "the step" in one["previous"]["content"]
    nothing = ("notice", "report", "solution")
    assert [one[key] for key in nothing] == [None, None, None]
    assert one["hints"] == {"test_says_hello": [], "test_is_polite": []}
    assert one["hints_left"] == {"test_says_hello": 2, "test_is_polite": 0}
    assert (one["earned"], one["kept"]) == (False, [])


@pytest.mark.parametrize("path", ["/exercises/step01/nothing", "/exercises/step99/greet", "/x"])
@pytest.mark.parametrize("method", ["GET", "PUT"])
async def test_what_is_not_there(browser, method, path):
    """An unknown path is answered with 404 and a sentence."""
    status, reply = await browser.request(method, path, None if method == "GET" else {})
    assert status == 404
    assert reply["error"]["message"].startswith("There is no")


async def test_a_save(browser, file):
    """A save writes the file; all pages get the events of the save and of the check."""
    socket = await browser.open_websocket()
    status, reply = await browser.request(
        "PUT", GREET, {"content": SOLVED, "version": version(STUB)}
    )
    assert (status, reply) == (200, {"version": version(SOLVED)})
    assert file.read_text("utf-8") == SOLVED
    saved = await receive(socket, "saved", key="step01/greet", version=version(SOLVED))
    assert saved["content"] == SOLVED
    await receive(socket, "report", key="step01/greet", version=version(SOLVED), done=True)


async def test_a_save_is_told_once(browser, file):
    """A save sends saved, checking and report, each with the version, and no second check."""
    socket = await browser.open_websocket()
    await receive(socket, "state")
    for text in (SOLVED, STUB):
        status, _ = await browser.request(
            "PUT", GREET, {"content": text, "version": version(file.read_text("utf-8"))}
        )
        assert status == 200
        told = [await socket.receive_json(timeout=10) for _ in range(3)]
        assert [(each["kind"], each["version"]) for each in told] == [
            (kind, version(text)) for kind in ("saved", "checking", "report")
        ]
        assert [each["passes"] for each in (told[0], told[2])] == [False, text == SOLVED]


async def test_a_save_of_which_no_watcher_hears(course, aiohttp_client, monkeypatch):
    """A page's save is checked even where the watcher gets no event of the file system."""

    async def deaf(session, watcher):
        watcher.begun.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(CourseSession, "_watch", deaf)
    browser = await Browser(await aiohttp_client(live_app(course))).enter()
    socket = await browser.open_websocket()
    await browser.request("PUT", GREET, SAVE)
    await receive(socket, "report", version=version(SOLVED), done=True)


async def test_a_save_of_the_same(browser, file):
    """A save of the same content writes nothing, and starts a check."""
    before = file.stat().st_mtime_ns
    socket = await browser.open_websocket()
    status, reply = await browser.request("PUT", GREET, {"content": STUB, "version": version(STUB)})
    assert (status, reply) == (200, {"version": version(STUB)})
    await receive(socket, "report", done=False)
    assert file.stat().st_mtime_ns == before


async def test_a_conflict(browser, file):
    """A save with an old version is refused with 409 and the content on disk, which stays."""
    file.write_text("mine\n")
    status, reply = await browser.request(
        "PUT", GREET, {"content": SOLVED, "version": version(STUB)}
    )
    assert status == 409
    assert "changed elsewhere" in reply["error"]["message"]
    assert (reply["content"], reply["version"]) == ("mine\n", version("mine\n"))
    assert file.read_text() == "mine\n"


async def test_two_browsers(course, aiohttp_client):
    """Each of two browsers gets the other's save; the second save of a version is refused."""
    client = await aiohttp_client(live_app(course))
    one, two = await Browser(client).enter(), await Browser(client).enter()
    ears = [await one.open_websocket(), await two.open_websocket()]
    wanted = {"content": SOLVED, "version": version(STUB)}
    assert (await one.request("PUT", GREET, wanted))[0] == 200
    for socket in ears:
        await receive(socket, "saved", version=version(SOLVED))
        await receive(socket, "report", version=version(SOLVED))
    assert (await two.request("PUT", GREET, {**wanted, "content": "x"}))[0] == 409


async def test_two_saves_at_once(browser, file):
    """Of eight simultaneous saves of one version one is written, the others are refused."""
    texts = [f"# {number}\n" for number in range(8)]
    wanted = [{"content": text, "version": version(STUB)} for text in texts]
    reply = await asyncio.gather(*(browser.request("PUT", GREET, each) for each in wanted))
    assert sorted(status for status, _ in reply) == [200] + [409] * 7
    winner = next(text for text, (status, _) in zip(texts, reply, strict=True) if status == 200)
    assert file.read_text("utf-8") == winner


async def test_a_save_elsewhere_is_told(browser, file):
    """A file that an editor writes is sent to the page and checked."""
    socket = await browser.open_websocket()
    await receive(socket, "state")
    file.write_text(SOLVED)
    await receive(socket, "saved", key="step01/greet", content=SOLVED, version=version(SOLVED))
    await receive(socket, "report", version=version(SOLVED), done=True)


async def test_line_ends_stay(browser, file):
    """A save keeps the CRLF and the byte order mark of a file; the page gets plain line ends."""
    data = "\ufeff# one\r\n# two\r\n".encode()
    file.write_bytes(data)
    _, one = await browser.request("GET", GREET)
    assert (one["content"], one["version"]) == ("# one\n# two\n", version(data))
    text = one["content"] + "# three\n"
    status, reply = await browser.request("PUT", GREET, {"content": text, "version": version(data)})
    assert file.read_bytes() == data + b"# three\r\n"
    assert (status, reply["version"]) == (200, version(file.read_bytes()))


async def test_a_file_that_is_gone(browser, file):
    """The state of a missing file has a notice; a save creates the file."""
    file.unlink()
    _, one = await browser.request("GET", GREET)
    assert (one["content"], one["version"]) == (None, None)
    assert "is not there" in one["notice"]
    status, _ = await browser.request("PUT", GREET, {"content": STUB, "version": None})
    assert (status, file.read_text("utf-8")) == (200, STUB)


async def test_a_file_that_is_no_text(browser, file):
    """The state of a file that is no UTF-8 names the line; a save replaces the file."""
    file.write_bytes(b"# one\n\xff\n")
    _, one = await browser.request("GET", GREET)
    assert one["content"] is None
    assert "no UTF-8 text (line 2)" in one["notice"]
    status, _ = await browser.request("PUT", GREET, {"content": STUB, "version": one["version"]})
    assert (status, file.read_text("utf-8")) == (200, STUB)


@pytest.mark.skipif(os.name != "posix", reason="rights are others there")
async def test_a_file_in_whose_place_is_a_folder(browser, file):
    """A folder in the place of the file is reported, and neither saved nor reset."""
    file.unlink()
    file.mkdir()
    _, one = await browser.request("GET", GREET)
    assert "no ordinary file" in one["notice"]
    status, reply = await browser.request("PUT", GREET, {"content": STUB, "version": None})
    assert (status, file.is_dir()) == (422, True)
    assert "no ordinary file" in reply["error"]["message"]
    status, reply = await browser.request("POST", f"{GREET}/reset", {"version": None})
    assert (status, file.is_dir()) == (422, True)


async def test_a_disk_that_is_full(browser, file, monkeypatch):
    """A save on a full disk is refused with the system's words; the old file stays."""

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("workshop.course.files.os.fsync", full)
    status, reply = await browser.request(
        "PUT", GREET, {"content": SOLVED, "version": version(STUB)}
    )
    assert status == 422
    assert "No space left" in reply["error"]["message"]
    assert file.read_text("utf-8") == STUB
    assert [path.name for path in file.parent.glob(".greet*")] == []


@pytest.mark.parametrize(
    ("content", "status"),
    [("x" * 2**20, 200), ("x" * (2**20 + 1), 413), ("é" * 600_000, 413), ("\ud800", 422)],
    ids=["a MiB", "more", "more in bytes", "half a letter"],
)
async def test_the_size_of_a_file(browser, file, content, status):
    """A save of more than a MiB is refused with 413, of a lone surrogate with 422."""
    wanted = {"content": content, "version": version(STUB)}
    reply, body = await browser.request("PUT", GREET, wanted)
    assert reply == status
    assert (file.read_text("utf-8") == STUB) is (status != 200)
    assert "error" in body or status == 200


async def test_a_file_of_the_course_that_is_gone(browser, course, caplog):
    """A missing file of the course is answered with a sentence; the log names the file."""
    course.exercises[0].solution.unlink()
    await browser.request("POST", f"{GREET}/solution", {})
    status, reply = await browser.request("POST", f"{GREET}/solution", {})
    assert status == 500
    assert "terminal says more" in reply["error"]["message"]
    assert "greet.py" in caplog.text
    (course.root / "steps/step01_hello/app.py").unlink()
    status, reply = await browser.request("GET", GREET)
    assert status == 404
    assert "greet.py" in reply["error"]["message"]


async def test_a_socket_that_is_none(browser):
    """A plain request to the websocket's path is answered with 400 and a sentence."""
    status, reply = await browser.request("GET", "/socket")
    assert status == 400
    assert reply["error"]["message"]


# Hints and the solution


async def test_hints_come_one_at_a_time(browser):
    """Each request for a hint returns one more; a report has only the hints that were taken."""
    wanted = {"check": "test_says_hello"}
    assert await browser.request("POST", f"{GREET}/hint", wanted) == (
        200,
        {"hints": ["A nudge."], "left": 1},
    )
    socket = await browser.open_websocket()
    await browser.request("POST", f"{GREET}/check")
    report = (await receive(socket, "report"))["report"]
    assert report["tests"][0]["hints"] == ["A nudge."]
    _, one = await browser.request("GET", GREET)
    assert one["hints"]["test_says_hello"] == ["A nudge."]
    assert one["report"]["tests"][0]["hints"] == ["A nudge."]
    for _ in range(2):
        _, reply = await browser.request("POST", f"{GREET}/hint", wanted)
    assert reply == {"hints": ["A nudge.", "Nearly the answer."], "left": 0}


async def test_hints_that_are_not_there(browser):
    """A check without hints returns none; an unknown check is answered with 404."""
    _, reply = await browser.request("POST", f"{GREET}/hint", {"check": "test_is_polite"})
    assert reply == {"hints": [], "left": 0}
    status, reply = await browser.request("POST", f"{GREET}/hint", {"check": "test_nothing"})
    assert status == 404
    assert "test_nothing" in reply["error"]["message"]


async def test_the_solution_is_for_who_asks_twice(browser):
    """The first request for a solution is refused with advice, the second one returns it."""
    status, reply = await browser.request("POST", f"{GREET}/solution", {})
    assert (status, reply["asked"]) == (403, 1)
    assert "hint" in reply["error"]["message"]
    status, reply = await browser.request("POST", f"{GREET}/solution", {})
    assert (status, reply) == (200, {"content": SOLVED})
    _, one = await browser.request("GET", GREET)
    assert (one["solution"], one["earned"]) == (SOLVED, False)


async def test_the_solution_is_for_who_earned_it(browser, file):
    """After a pass the first request returns the solution."""
    socket = await browser.open_websocket()
    await browser.request("PUT", GREET, SAVE)
    await receive(socket, "report", done=True)
    assert (await browser.request("POST", f"{GREET}/solution", {}))[0] == 200
    _, one = await browser.request("GET", GREET)
    assert (one["solution"], one["earned"]) == (SOLVED, True)


# Back to the original, and to what was kept


async def test_reset_and_restore(browser, file):
    """Nothing is lost on either way."""
    file.write_text("mine\n")
    status, reply = await browser.request("POST", f"{GREET}/reset", {"version": version("mine\n")})
    assert (status, reply["content"], reply["version"]) == (200, STUB, version(STUB))
    assert file.read_text("utf-8") == STUB
    _, one = await browser.request("GET", GREET)
    assert [copy["name"] for copy in one["kept"]] == [reply["kept"]]
    file.write_text("also mine\n")
    status, back = await browser.request("POST", f"{GREET}/restore", {"kept": reply["kept"]})
    assert (status, back["content"], file.read_text()) == (200, "mine\n", "mine\n")
    _, again = await browser.request("POST", f"{GREET}/restore", {"kept": back["kept"]})
    assert again["content"] == "also mine\n"


async def test_reset_of_another_version(browser, file):
    """What the page has not seen is not replaced."""
    file.write_text("mine\n")
    status, reply = await browser.request("POST", f"{GREET}/reset", {"version": version(STUB)})
    assert (status, reply["content"], file.read_text()) == (409, "mine\n", "mine\n")


async def test_reset_of_what_is_gone_or_as_it_was(browser, file):
    """There is nothing to keep."""
    file.unlink()
    _, reply = await browser.request("POST", f"{GREET}/reset", {"version": None})
    assert (reply["content"], reply["kept"], file.read_text("utf-8")) == (STUB, None, STUB)
    _, reply = await browser.request("POST", f"{GREET}/reset", {"version": version(STUB)})
    assert reply["kept"] is None


async def test_reset_of_what_is_no_text(browser, file):
    """Its bytes are kept as they were."""
    file.write_bytes(b"\xff")
    _, reply = await browser.request("POST", f"{GREET}/reset", {"version": version(b"\xff")})
    kept = file.parents[2] / ".workshop/kept/step01_hello" / reply["kept"]
    assert (kept.read_bytes(), file.read_text("utf-8")) == (b"\xff", STUB)


async def test_restore_of_nothing(browser, file):
    """No such copy, or one of another exercise."""
    status, reply = await browser.request("POST", f"{GREET}/restore", {"kept": "count-1.py"})
    assert status == 422
    assert "No copy" in reply["error"]["message"]


# Progress


async def test_progress_of_an_earlier_course_is_taken(browser, course):
    """Progress as JSON without files is taken over, and no exercise counts as done by it alone."""
    await browser.request("POST", f"{GREET}/hint", {"check": "test_says_hello"})
    status, mine = await known(browser)
    assert status == 200
    assert mine["exercises"]["step01/greet"]["hints"] == {"test_says_hello": 1}
    mine["exercises"]["step01/count"] = {"checks": 3, "done": "2026-01-02T03:04:05+00:00"}
    socket = await browser.open_websocket()
    nothing: dict[str, list[str]] = {"written": [], "replaced": [], "unknown": []}
    assert await browser.request("PUT", "/progress", mine) == (200, {"exercises": 2, **nothing})
    progress = await receive(socket, "progress")
    assert [e["done"] for e in progress["exercises"]] == [False, True]
    assert [e["passes"] for e in progress["exercises"]] == [False, False]
    kept = list((course.root / ".workshop/kept").glob("progress-*.json"))
    assert [list(json.loads(path.read_text())) for path in kept] == [["step01/greet"]]


async def known(browser: Browser) -> tuple[int, Any]:
    """Return what the archive to take along says that is done."""
    response = await browser.client.get("/live/progress", headers={"Origin": browser.origin})
    with zipfile.ZipFile(io.BytesIO(await response.read())) as archive:
        return response.status, json.loads(archive.read("progress.json"))


ENTRY: dict[str, object] = {"checks": 1, "done": None, "hints": {}, "asked": False}


@pytest.mark.parametrize(
    "data",
    [
        [],
        None,
        3,
        "exercises",
        {},
        {"exercises": []},
        {"exercises": {"step01/greet": []}},
        {"exercises": {"step01/greet": {**ENTRY, "checks": "1"}}},
        {"exercises": {"step01/greet": {**ENTRY, "checks": True}}},
        {"exercises": {"step01/greet": {**ENTRY, "checks": -1}}},
        {"exercises": {"step01/greet": {**ENTRY, "done": "yesterday"}}},
        {"exercises": {"step01/greet": {**ENTRY, "done": 3}}},
        {"exercises": {"step01/greet": {**ENTRY, "passed": "yes"}}},
        {"exercises": {"step01/greet": {**ENTRY, "hints": {"a": "b"}}}},
        {"exercises": {"step01/greet": {**ENTRY, "hints": {"a": -1}}}},
        {"exercises": {"../greet": ENTRY}},
        {"exercises": {}, "form": 2},
    ],
    ids=str,
)
async def test_what_is_no_progress(browser, data):
    """A body that is no progress is refused with 422, and nothing is changed."""
    await browser.request("POST", f"{GREET}/hint", {"check": "test_says_hello"})
    _, before = await known(browser)
    response = await browser.client.put(
        "/live/progress", data=json.dumps(data), headers={"Content-Type": "application/json"}
    )
    assert response.status == 422
    assert "Nothing was changed" in (await response.json())["error"]["message"]
    assert (await known(browser))[1] == before


async def test_progress_on_a_disk_that_is_full(browser, course, monkeypatch):
    """On a full disk the progress stays as it was, and each request says so."""

    def full(*_):
        raise OSError(28, "No space left on device")

    await browser.request("POST", f"{GREET}/hint", {"check": "test_says_hello"})
    _, before = await known(browser)
    monkeypatch.setattr("workshop.course.files.os.fsync", full)
    asked: tuple[tuple[str, str, dict[str, object]], ...] = (
        ("PUT", "/progress", {"exercises": {}}),
        ("POST", f"{GREET}/solution", {}),
    )
    for method, path, data in asked:
        status, reply = await browser.request(method, path, data)
        assert status == 409
        assert "No space left" in reply["error"]["message"]
    socket = await browser.open_websocket()
    status, reply = await browser.request("POST", f"{GREET}/hint", {"check": "test_says_hello"})
    assert (status, len(reply["hints"])) == (200, 2), "it comes all the same"
    assert "No space left" in (await receive(socket, "notice"))["message"]
    assert json.loads((course.root / ".workshop/progress.json").read_text()) == before["exercises"]


async def test_what_the_terminal_wrote_meanwhile(browser, course):
    """Hints that the terminal and the page took are both kept."""
    from workshop.workspace.progress import Progress

    await browser.request("POST", f"{GREET}/hint", {"check": "test_says_hello"})
    Progress(course.root).take_hint(course.exercises[1], "test_says_hello", 2)
    await browser.request("POST", f"{GREET}/hint", {"check": "test_says_hello"})
    known = Progress(course.root)
    assert [known.entry(e).hints for e in course.exercises] == [
        {"test_says_hello": 2},
        {"test_says_hello": 1},
    ]


# The websocket


async def test_the_state_comes_first_and_again(browser):
    """The first message of every websocket is the state."""
    for _ in range(2):
        socket = await browser.open_websocket()
        first = await socket.receive_json()
        assert first["kind"] == "state"
        assert first["next"] == "step01/greet"
        await socket.close()


async def test_questions_over_the_websocket(browser):
    """The websocket answers a ping and starts a check; any other message returns an error."""
    socket = await browser.open_websocket()
    await socket.send_json({"kind": "ping"})
    await receive(socket, "pong")
    await socket.send_json({"kind": "check", "key": "step01/count"})
    await receive(socket, "checking", key="step01/count")
    await receive(socket, "report", key="step01/count")
    wrong = ('{"kind": 3}', '{"kind": "dance"}', '{"kind": "check"}')
    for text in ("{", "[]", "3", *wrong, "[" * 9999):
        await socket.send_str(text)
        assert (await receive(socket, "error"))["message"]
    await socket.send_bytes(b"\xff")
    assert "text" in (await receive(socket, "error"))["message"]


async def test_a_slow_reader_is_let_go(course, aiohttp_client, monkeypatch):
    """A page whose queue is full is disconnected, and others are served."""
    monkeypatch.setattr(broadcast, "QUEUE_LIMIT", 3)
    app = live_app(course)
    browser = await Browser(await aiohttp_client(app)).enter()
    context = app[CONTEXT]
    await browser.open_websocket()
    await wait_until(lambda: len(context.broadcaster) == 1)
    for _ in range(5):  # at once: nothing is sent in between
        context.broadcaster.send(LogEvent(name="step01", lines=(), printed=0))
    await wait_until(lambda: len(context.broadcaster) == 0)
    socket = await browser.open_websocket()
    await receive(socket, "state")


async def test_a_burst_of_messages_is_answered(course, aiohttp_client, caplog):
    """A burst of 2,000 messages is answered in order, though no reply is read before its end."""
    browser = await Browser(await aiohttp_client(live_app(course))).enter()
    socket = await browser.open_websocket()
    texts = ['{"kind": "ping"}', "{", '{"kind": "at", "key": "step01/greet"}']
    texts += ['{"kind": "check", "key": "step01/greet"}', '{"kind": "check", "key": "step01/x"}']
    for text in texts * 400:
        await socket.send_str(text)
    wanted = ["pong", "error", "error"] * 400
    async with asyncio.timeout(60):
        while wanted:
            message = await socket.receive_json()
            if message["kind"] in {"pong", "error"}:
                assert message["kind"] == wanted.pop(0)
    assert caplog.text == ""


async def test_somebody_who_asks_and_does_not_read(course, aiohttp_client, monkeypatch, caplog):
    """A page that sends messages and reads no reply is disconnected, and nothing is logged."""
    monkeypatch.setattr(broadcast, "DRAIN_SECONDS", 0.1)
    app = live_app(course)
    client = await aiohttp_client(app)
    browser = await Browser(client).enter()
    ask = (
        f"GET /live/socket HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nOrigin: {browser.origin}\r\n{security.KEY_HEADER}: {TOKEN}\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    _, writer = await asyncio.open_connection(client.host, client.port, limit=1)
    writer.write(ask.encode())
    await wait_until(lambda: len(app[CONTEXT].broadcaster) == 1)
    long = json.dumps({"kind": "at", "key": "x" * 80}).encode()  # its answer fills buffers soon
    question = b"\x81\xfe\x01\x00" + bytes(4) + long.ljust(256)
    with contextlib.suppress(ConnectionError):
        while len(app[CONTEXT].broadcaster):
            writer.write(question * 1000)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(writer.drain(), 0.1)
    await receive(await browser.open_websocket(), "state")
    writer.transport.abort()
    assert caplog.text == ""


async def test_many_saves_leave_nothing_behind(course, aiohttp_client):
    """After 200 saves there are as many tasks and listeners as after 20."""
    app = live_app(course)
    browser = await Browser(await aiohttp_client(app)).enter()
    socket = await browser.open_websocket()
    context = app[CONTEXT]
    seen, last = [], version(STUB)
    for number in range(200):
        text = f"# {number}\n"
        status, reply = await browser.request("PUT", GREET, {"content": text, "version": last})
        assert status == 200
        last = reply["version"]
        if number in {20, 199}:
            await receive(socket, "report", version=last)
            gc.collect()
            seen.append(
                (
                    len(asyncio.all_tasks()),
                    len(context.session._listeners),
                    len(context.broadcaster),
                )
            )
    assert seen[0][1:] == seen[1][1:]
    assert seen[1][0] <= seen[0][0] + 1  # the check that ended just now may still be a task


async def test_the_end(course, aiohttp_client):
    """At the end every page gets "bye", and its websocket is closed as "going away"."""
    client = await aiohttp_client(live_app(course))
    browser = await Browser(client).enter()
    socket = await browser.open_websocket()
    await receive(socket, "state")
    closing = asyncio.create_task(client.server.close())
    await receive(socket, "bye")
    message = await socket.receive()
    assert message.type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED}
    assert socket.close_code == aiohttp.WSCloseCode.GOING_AWAY
    await closing


async def test_a_new_page_of_the_course_is_served(browser, course):
    """A page that is built while the course runs is served."""
    write(course.root / "docs/_build/html/new.html", "new")
    assert await (await browser.client.get("/new.html")).text() == "new"


async def test_a_folder_of_exercises_that_is_away_for_a_moment(browser, course):
    """Exercises of a folder that was moved away come back with the folder."""
    folder = course.root / "exercises" / "step01_hello"
    folder.rename(course.root / "aside")
    await browser.request("GET", "/state")
    (course.root / "aside").rename(folder)
    _, state = await browser.request("GET", "/state")
    assert [e["key"] for e in state["exercises"]] == ["step01/greet", "step01/count"]
    assert (await browser.request("GET", GREET))[0] == 200


async def test_a_course_that_is_renamed(browser, course, caplog):
    """After a rename of the course's folder requests get a sentence, and nothing is created."""
    elsewhere = course.root.with_name(f"{course.root.name} moved")
    course.root.rename(elsewhere)
    status, state = await browser.request("GET", "/state")
    assert (status, len(state["exercises"])) == (200, 2)
    asked = [
        *(("GET", GREET, None), ("PUT", GREET, {"content": "x = 1\n", "version": None})),
        *(("POST", f"{GREET}/reset", {"version": None}), ("POST", f"{GREET}/solution", {})),
        *(("POST", f"{GREET}/hint", {"check": "test_says_hello"}), ("GET", "/state", None)),
        *(("POST", f"{GREET}/check", None), ("PUT", "/apps/step01", None)),
    ]
    for method, address, data in asked:
        status, said = await browser.request(method, address, data)
        assert status < 500, (method, address, said)
    assert not course.root.exists()
    elsewhere.rename(course.root)
    assert (await browser.request("GET", GREET))[1]["content"]
    assert "Traceback" not in caplog.text
