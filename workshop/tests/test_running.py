"""`run`: a step's app on its port, again on every save, and gone with Ctrl-C."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys

import aiohttp
import pytest
import watchfiles

from workshop import course
from workshop.apps import ports, running
from workshop.course import CourseError


def test_a_step_and_an_exercise_can_be_run(scratch):
    """Each by its short name; the folder to watch is its own."""
    found = course.discover(scratch)
    assert running.module_and_folder(found, "step01")[0] == "steps.step01_hello.app"
    target, folder = running.module_and_folder(found, "plain_text")
    assert target == "exercises.step01_hello.plain_text"
    assert folder == scratch / "exercises" / "step01_hello"


def test_an_exercise_that_is_no_program(scratch):
    """It says how to check it instead."""
    stub = course.discover(scratch).select("plain_text")[0].stub
    stub.write_text("x = 1\n")
    with pytest.raises(CourseError, match="check plain_text"):
        running.module_and_folder(course.discover(scratch), "plain_text")


def test_a_data_folder_that_cannot_be_made(scratch):
    """Which one, why, and what to do."""
    (scratch / "taken").write_text("")
    with pytest.raises(CourseError, match="--data DIR"):
        running.run(course.discover(scratch), "step01", ports.free_port(), scratch / "taken" / "x")


async def answer(port, wanted):
    """Wait until the app on a port answers with a wanted text; return its status."""
    async with asyncio.timeout(30), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"http://{ports.HOST}:{port}/") as response:
                    if wanted in await response.text():
                        return response.status
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.02)  # between two looks, not instead of one


def test_no_more_watches(scratch, monkeypatch):
    """The system has none to give: the app runs all the same, and the files are looked at."""
    ways: list[str | None] = []

    def refuse(*folders, **more):
        ways.append(os.environ.get("WATCHFILES_FORCE_POLLING"))
        if not ways[-1]:
            raise RuntimeError("Too many open files (os error 24)")

    own = ("PORT", "WORKSHOP_DATA", "PYTHONDONTWRITEBYTECODE")
    for name in ("WATCHFILES_FORCE_POLLING", *own):
        monkeypatch.setenv(name, "")
    monkeypatch.chdir(scratch)
    monkeypatch.setattr(watchfiles, "run_process", refuse)
    running.run(course.discover(scratch), "step01", ports.free_port(), None)
    assert ways == ["", "true"]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is another signal there")
async def test_it_starts_again_on_save_and_ends_with_ctrl_c(scratch):
    """An edit of the same length within the same second shows, too."""
    file = course.discover(scratch).select("plain_text")[0].file
    port = ports.free_port()
    words = [sys.executable, "-m", "workshop", "run", "plain_text", "--port", str(port)]
    process = await asyncio.create_subprocess_exec(
        *words, cwd=scratch, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        assert await answer(port, "not done yet") == 501
        text = file.read_text("utf-8")
        for word in ("well done up", "not done yet", "well done up"):
            file.write_text(text.replace("not done yet", word), "utf-8")
            await answer(port, word)
    finally:
        process.send_signal(signal.SIGINT)
        output, _ = await asyncio.wait_for(process.communicate(), 20)
    assert "Traceback" not in output.decode()
    assert ports.is_free(port)
    assert (scratch / ".workshop" / "data" / "step01_hello").is_dir()
