"""What a learner takes along: the files as well as the ticks; nothing odd comes in with it."""

from __future__ import annotations

import io
import json
import os
import re
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workshop import workspace
from workshop.course import Course, files
from workshop.tests.live_server import SOLVED_TEXT, STUB, instant_check, make_course
from workshop.tests.live_server import Browser as Guest
from workshop.workspace.progress import Progress

SOLVED = STUB.replace("not done yet", SOLVED_TEXT)
GREET, COUNT = "exercises/step01_hello/greet.py", "exercises/step01_hello/count.py"
ENTRY: dict[str, object] = {"checks": 1, "done": None, "passed": None, "hints": {}, "asked": False}
PROGRESS = json.dumps({"exercises": {"step01/greet": ENTRY}, "form": 1})


@pytest.fixture
def course(tmp_path):
    """A small course, of which one exercise is done."""
    return make_course(tmp_path / "a course")


@pytest.fixture
async def mine(course: Course) -> bytes:
    """An archive of a course in which the first exercise was done."""
    first, progress = course.exercises[0], Progress(course.root)
    first.file.write_text(SOLVED)
    progress.record(first, await instant_check(first))
    assert progress.passes(first)
    return workspace.pack(course, progress)


def archive(members: dict[str, str | bytes]) -> bytes:
    """Return an archive with these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return made.getvalue()


def everything(root: Path) -> dict[str, bytes]:
    """Return all files of a course, and what they hold."""
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_it_holds_the_files_that_were_changed(mine):
    """What is as it was handed out need not be taken along."""
    with zipfile.ZipFile(io.BytesIO(mine)) as opened:
        assert sorted(opened.namelist()) == [GREET, "progress.json"]
        assert opened.read(GREET).decode() == SOLVED


def test_in_a_fresh_course_the_ticks_are_true_of_the_files(tmp_path, mine):
    """The file comes along, so it is done there, too; an untouched stub is not."""
    fresh = make_course(tmp_path / "fresh")
    progress = Progress(fresh.root)
    taken = workspace.unpack(mine, fresh)
    assert workspace.preview_import(taken) == workspace.ImportPreview(1, (GREET,), (), ())
    workspace.import_archive(taken, progress)
    assert [progress.passes(exercise) for exercise in fresh.exercises] == [True, False]
    assert (fresh.root / GREET).read_text() == SOLVED
    progress.replace_all(taken.entries)
    fresh.exercises[0].file.write_text(STUB)
    assert not progress.passes(fresh.exercises[0]), "a tick alone is none"


def test_copies_are_kept_of_what_is_replaced(tmp_path, mine):
    """Of the learner's own work, not of what was handed out; the list of copies has them."""
    other = make_course(tmp_path / "other")
    first = other.exercises[0]
    first.file.write_text("mine = 1\n")
    progress = Progress(other.root)
    change = workspace.import_archive(workspace.unpack(mine, other), progress)
    assert change.replaced == (GREET,)
    assert [copy.path.read_text() for copy in workspace.copies(first, progress)] == ["mine = 1\n"]


def test_what_this_course_does_not_have_is_left_out(course):
    """Of an exercise that was renamed, say: all else is taken, and it is told."""
    other = "exercises/step07_gone/old.py"
    taken = workspace.unpack(archive({"progress.json": PROGRESS, other: "x"}), course)
    assert workspace.import_archive(taken, Progress(course.root)).unknown == (other,)
    assert not (course.root / other).exists()


def test_all_or_nothing(tmp_path, course, mine, monkeypatch):
    """A disk that fills up in the middle: files and progress stay as they were."""
    other = make_course(tmp_path / "other")
    for exercise in other.exercises:
        exercise.file.write_text("mine = 1\n")
    course.exercises[1].file.write_text(SOLVED)
    data = workspace.pack(course, Progress(course.root))
    write, count = files.write_atomically, iter(range(9))

    def full(file: Path, content: bytes) -> None:
        if next(count) == 1:
            raise OSError(28, "No space left on device")
        write(file, content)

    monkeypatch.setattr(files, "write_atomically", full)
    progress = Progress(other.root)
    with pytest.raises(workspace.WorkspaceError, match="No space left"):
        workspace.import_archive(workspace.unpack(data, other), progress)
    assert [exercise.file.read_text() for exercise in other.exercises] == ["mine = 1\n"] * 2
    assert not progress.file.exists()


def link(name: str) -> bytes:
    """Return an archive with a symbolic link in the place of a file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        opened.writestr("progress.json", PROGRESS)
        info = zipfile.ZipInfo(name)
        info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        opened.writestr(info, "/etc/passwd")
    return made.getvalue()


def twice() -> bytes:
    """Return an archive with two members of one name."""
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w") as opened:
        warnings.simplefilter("ignore")
        for content in ("a = 1", "b = 2"):
            opened.writestr(GREET, content)
        opened.writestr("progress.json", PROGRESS)
    return made.getvalue()


def locked() -> bytes:
    """Return an archive whose members are said to want a password."""
    data = bytearray(archive({"progress.json": PROGRESS}))
    for start, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        where = data.index(start) + at
        data[where : where + 2] = struct.pack("<H", 1)
    return bytes(data)


def damaged() -> bytes:
    """Return an archive of which a byte was changed."""
    data = bytearray(archive({"progress.json": PROGRESS, GREET: os.urandom(1000)}))
    data[len(data) // 2] ^= 0xFF
    return bytes(data)


def claimed() -> bytes:
    """Return an archive with a member that claims to be small and is not."""
    data = bytearray(archive({"progress.json": PROGRESS, GREET: bytes(3 * files.SOURCE_LIMIT)}))
    for start, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        where = data.rindex(start) + at
        data[where : where + 4] = struct.pack("<I", 10)
    return bytes(data)


ODD: dict[str, Callable[[], bytes]] = {
    "no archive": lambda: b"PK\x03\x04 nothing",
    "half an archive": lambda: archive({"progress.json": PROGRESS})[:-30],
    "empty": lambda: b"",
    "no progress in it": lambda: archive({GREET: SOLVED}),
    "out of the course": lambda: archive({"progress.json": PROGRESS, "../greet.py": "x"}),
    "out by a step": lambda: archive(
        {"progress.json": PROGRESS, "exercises/step01_hello/../../conftest.py": "x"}
    ),
    "an absolute name": lambda: archive({"progress.json": PROGRESS, "/etc/cron.d/x": "x"}),
    "a name of Windows": lambda: archive({"progress.json": PROGRESS, r"C:\greet.py": "x"}),
    "a suite": lambda: archive(
        {"progress.json": PROGRESS, "exercises/step01_hello/test_greet.py/": ""}
    ),
    "a file of the course": lambda: archive({"progress.json": PROGRESS, "conftest.py": "x"}),
    "a folder": lambda: archive({"progress.json": PROGRESS, "exercises/": ""}),
    "a link": lambda: link(GREET),
    "two of one name": twice,
    "a password": locked,
    "damaged": damaged,
    "a huge file": lambda: archive(
        {"progress.json": PROGRESS, GREET: bytes(2 * files.SOURCE_LIMIT)}
    ),
    "a huge file that claims to be small": claimed,
    "many huge files": lambda: archive(
        {
            "progress.json": PROGRESS,
            **{f"exercises/step07_gone/old{n}.py": bytes(files.SOURCE_LIMIT) for n in range(40)},
        }
    ),
    "many files": lambda: archive(
        {
            "progress.json": PROGRESS,
            **{f"exercises/step07_gone/old{n}.py": "" for n in range(1100)},
        }
    ),
    "progress that is a list": lambda: archive({"progress.json": "[]", GREET: SOLVED}),
    "progress that is no JSON": lambda: archive({"progress.json": b"\xff", GREET: SOLVED}),
    "progress that is deep": lambda: archive({"progress.json": "[" * 100_000, GREET: SOLVED}),
    "of a later course": lambda: archive(
        {"progress.json": '{"exercises": {}, "form": 99}', GREET: SOLVED}
    ),
}


@pytest.mark.parametrize("made", ODD.values(), ids=ODD)
async def test_an_odd_archive_is_a_sentence_and_nothing_is_written(browser: Guest, course, made):
    """Whatever no course has made: 422, and the folder is as it was."""
    before = everything(course.root)
    for method in ("POST", "PUT"):
        status, came = await send(browser, method, made())
        assert status == 422
        said = came["error"]["message"]
        assert re.match(r"This is no progress of this course: .+\. Nothing was changed\.", said)
    assert everything(course.root) == before


async def test_looking_changes_nothing(browser: Guest, course, mine):
    """What would be replaced is told first; then it is done, and every page hears of it."""
    course.exercises[0].file.write_text("mine = 1\n")
    before = everything(course.root / "exercises")
    _, said = await send(browser, "POST", mine)
    assert said == {"exercises": 1, "written": [GREET], "replaced": [GREET], "unknown": []}
    assert everything(course.root / "exercises") == before
    assert await send(browser, "PUT", mine) == (200, said)
    _, state = await browser.request("GET", "/state")
    assert [facts["passes"] for facts in state["exercises"]] == [True, False]


async def test_a_link_in_the_place_of_a_file_is_not_followed(
    browser: Guest, course, tmp_path, mine
):
    """The file that it leads to stays; nothing else is written either."""
    other = tmp_path / "other.py"
    other.write_text("other = 1\n")
    course.exercises[0].file.unlink()
    course.exercises[0].file.symlink_to(other)
    status, came = await send(browser, "PUT", mine)
    assert status == 422
    assert "is a link" in came["error"]["message"]
    assert other.read_text() == "other = 1\n"


async def send(browser: Guest, method: str, data: bytes) -> tuple[int, Any]:
    """Send an archive as the page does."""
    headers = {"Origin": browser.origin, "Content-Type": "application/zip"}
    response = await browser.client.request(method, "/live/progress", headers=headers, data=data)
    return response.status, await response.json()
