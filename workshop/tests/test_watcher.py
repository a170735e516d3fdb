"""What is saved is seen, however it is saved; and what was not saved by a person is not checked."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
import watchfiles

from workshop.apps.file_polling import needs_polling
from workshop.course import Course, Exercise, copy_to
from workshop.course.files import GoneError
from workshop.workspace import document, watcher
from workshop.workspace.parser import Parser, stable_content
from workshop.workspace.watcher import Saved, Watcher

LONG = 30


class Watching:
    """A watcher that runs, and what it said so far."""

    def __init__(self, course: Course, polling: bool | None) -> None:
        self.course = course
        self.current: Exercise | None = None
        self.watcher = Watcher(course, lambda: self.current, polling)
        self.said: asyncio.Queue[Saved] = asyncio.Queue()

    async def run(self) -> None:
        """Take down what is said."""
        async for saved in self.watcher.watch():
            self.said.put_nowait(saved)

    async def next_saved(self) -> tuple[list[str], list[str]]:
        """Return the names of what was saved next, and of what is to be checked."""
        async with asyncio.timeout(LONG):
            saved = await self.said.get()
        return [e.name for e in saved.exercises], [e.name for e in saved.check]

    async def hears_of(self, name: str) -> bool:
        """Wait until an exercise was saved; return whether it is to be checked."""
        while True:
            saved, check = await self.next_saved()
            if name in saved:
                return name in check


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """As much of a copy of the course as there is to watch, every exercise as handed out."""
    return copy_to(tmp_path, trees=("exercises", "solutions"))


@pytest.fixture(params=[False, True], ids=["told", "polling"])
async def watching(course: Course, request) -> AsyncIterator[Watching]:
    """A watcher of that copy."""
    made = Watching(course, request.param)
    task = asyncio.create_task(made.run())
    await made.watcher.begun.wait()
    yield made
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def one(course: Course, name: str = "plain_text") -> Exercise:
    """Return an exercise by its name."""
    return course.select(name)[0]


def rename(file: Path, content: bytes) -> None:
    """Save as many editors do: beside the file, and then in its place."""
    new = file.with_name(f"{file.name}.new")
    new.write_bytes(content)
    new.replace(file)


def move_away(file: Path, content: bytes) -> None:
    """Save as others do: the old file is moved away first."""
    file.rename(file.with_name(f"{file.name}~"))
    file.write_bytes(content)


def make_again(file: Path, content: bytes) -> None:
    """Save as some do: the old file is deleted first."""
    file.unlink()
    file.write_bytes(content)


@pytest.mark.parametrize("save", [Path.write_bytes, rename, move_away, make_again])
async def test_a_save_is_seen(save, watching):
    """Once, however the editor goes about it; then the next one."""
    exercise = one(watching.course)
    for number in range(2):
        save(exercise.file, exercise.solution.read_bytes() + b"# %d\n" % number)
        assert await watching.next_saved() == (["plain_text"], ["plain_text"])
    assert watching.said.empty()


async def test_the_same_content_is_no_news(watching):
    """Touched, or written once more: nothing; the next file is told."""
    first, second = one(watching.course), one(watching.course, "greet")
    first.file.write_bytes(first.file.read_bytes())
    os.utime(first.file)
    second.file.write_bytes(second.solution.read_bytes())
    assert await watching.next_saved() == (["greet"], ["greet"])


async def test_a_file_that_is_empty_for_a_moment(watching, monkeypatch):
    """The old content that comes back is no news; the next file is told."""
    first, second = one(watching.course), one(watching.course, "greet")
    empty, read = [first.file], document.read_content

    def empty_once(path: Path) -> bytes | None:
        if path in empty:
            empty.remove(path)
            return b""
        return read(path)

    monkeypatch.setattr(document, "read_content", empty_once)
    os.utime(first.file)
    second.file.write_bytes(second.solution.read_bytes())
    assert await watching.next_saved() == (["greet"], ["greet"])
    assert empty == [], "it was looked at"


async def test_what_is_deleted_and_made_again(watching):
    """Both are told: without a file the checker says how to get it back."""
    exercise = one(watching.course)
    content = exercise.file.read_bytes()
    exercise.file.unlink()
    assert await watching.next_saved() == (["plain_text"], ["plain_text"])
    exercise.file.write_bytes(content)
    assert await watching.next_saved() == (["plain_text"], ["plain_text"])


async def test_a_folder_that_is_made_anew(watching):
    """As git does it; the watch goes on."""
    exercise = one(watching.course)
    aside = watching.course.root / "aside"
    shutil.move(exercise.file.parent, aside)
    assert await watching.hears_of("plain_text") is False, "five are gone, which nobody saved"
    shutil.move(aside, exercise.file.parent)
    exercise.file.write_bytes(exercise.solution.read_bytes())
    await watching.hears_of("plain_text")
    exercise.file.write_bytes(b"# another\n")
    await watching.hears_of("plain_text")


async def test_many_files_at_once(watching):
    """All are told, and only the one at which the learner is will be checked."""
    watching.current = one(watching.course, "greet")
    for exercise in watching.course.exercises:
        exercise.file.write_bytes(exercise.solution.read_bytes())
    saved: list[str] = []
    checked: list[str] = []
    while len(set(saved)) < len(watching.course.exercises):
        more, check = await watching.next_saved()
        saved, checked = saved + more, checked + check
    assert len(set(checked)) <= watcher.MANY + 1
    assert "greet" in checked


@pytest.mark.parametrize("name", ["conftest.py", "exercises/step01_hello/test_plain_text.py"])
async def test_an_author_changes_what_is_asked(name, watching):
    """Then the current exercise is checked again; one that it does not concern is not."""
    root = watching.course.root
    watching.current = one(watching.course)
    other = root / "exercises/step02_routes/test_greet.py"
    other.write_text(other.read_text() + "\n# more\n")
    (root / name).write_text((root / name).read_text() + "\n# more\n")
    assert await watching.next_saved() == ([], ["plain_text"])


async def test_a_change_before_the_watch_is_seen(course):
    """What is saved between the start and the first look is not lost."""
    made = Watching(course, polling=False)
    one(course).file.write_bytes(one(course).solution.read_bytes())
    task = asyncio.create_task(made.run())
    assert await made.next_saved() == (["plain_text"], ["plain_text"])
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_no_more_watches(course, monkeypatch):
    """Where the system has none left to give, the files are looked at again and again."""

    async def refuse(*folders, **options):
        raise OSError(28, "OS file watch limit reached")
        yield

    monkeypatch.setattr(watchfiles, "awatch", refuse)
    made = Watching(course, polling=False)
    task = asyncio.create_task(made.run())
    await made.watcher.begun.wait()
    one(course).file.write_bytes(one(course).solution.read_bytes())
    assert await made.hears_of("plain_text")
    assert made.watcher.polling
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


# Contents


@pytest.fixture
async def parser():
    async with Parser() as one:
        yield one


async def rest(file: Path, parser: Parser) -> bytes | None:
    """Return what the file holds once an editor has finished writing it."""
    return await stable_content(file, document.read_content(file), parser.whole)


@pytest.mark.parametrize(
    "half", [None, b"", b"def handler(request):\n", b"text = '\xff'\n", b"a\0"], ids=repr
)
async def test_half_a_file_is_waited_for(half, tmp_path, parser, monkeypatch):
    """Until it is whole."""
    file, whole = tmp_path / "app.py", b"print()\n"
    if half is not None:
        file.write_bytes(half)
    looks = 0
    read = document.read_content

    def count(path: Path) -> bytes | None:
        nonlocal looks
        looks += 1
        if looks == 3:
            file.write_bytes(whole)
        return read(path)

    monkeypatch.setattr(document, "read_content", count)
    await rest(file, parser)
    assert looks == 3, "the third look shows a whole file"


async def test_what_never_becomes_whole_is_taken(tmp_path, parser):
    """A file with an error is what the learner meant; the checker says what is wrong."""
    file = tmp_path / "app.py"
    file.write_bytes(b"def\n")
    assert await rest(file, parser) == file.read_bytes()


async def test_what_goes_on_changing_is_taken(tmp_path, parser, monkeypatch):
    """After a while."""
    file, number = tmp_path / "app.py", 0
    read = document.read_content

    def grow(path: Path) -> bytes | None:
        nonlocal number
        number += 1
        file.write_bytes(b"(%d" % number)
        return read(path)

    monkeypatch.setattr(document, "read_content", grow)
    assert await rest(file, parser)
    assert number > 2


SLOW = {
    "f-string": "x = f'" + "{a}" * 300_000 + "'",
    "calls": "x" + "()" * 400_000,
    "large literal": "x = {" + ",".join(f"'{i}': [{i}]" for i in range(60_000)) + "}",
}
"""What takes more than a second to compile, some of it minutes."""


@pytest.mark.parametrize("source", SLOW.values(), ids=SLOW)
async def test_a_source_that_compiles_slowly_holds_up_nobody(tmp_path, parser, source):
    """The loop goes on, the file is taken as it is, and the next one is known as ever."""
    file, turns = tmp_path / "app.py", 0
    file.write_text(source)

    async def turn():
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    turning = asyncio.create_task(turn())
    assert await rest(file, parser) == file.read_bytes()
    turning.cancel()
    assert turns > 100
    assert await parser.whole(b"print()")
    assert not await parser.whole(b"print(")


async def test_a_parser_that_is_gone_is_replaced(parser):
    """Killed, by the system say: one save waits as for half a file, the next does not."""
    assert await parser.whole(b"print()")
    parser._process.kill()
    assert not await parser.whole(b"print()")
    assert await parser.whole(b"print()")


async def test_a_parser_is_gone_with_whoever_had_it():
    """Also where they were given up while it was being ended."""
    async with Parser() as parser:
        assert await parser.whole(b"print()")
        process = parser._process
        assert process
        giving_up = asyncio.create_task(parser._end())
        await asyncio.sleep(0)
        giving_up.cancel()
        await asyncio.gather(giving_up, return_exceptions=True)
    assert process.returncode is not None


async def test_no_parser_can_be_had(tmp_path, parser, monkeypatch):
    """The file is taken when it has not changed for a while."""

    async def none(*words, **more):
        raise OSError("no room for one more process")

    await parser._end()
    monkeypatch.setattr(asyncio, "create_subprocess_exec", none)
    file = tmp_path / "app.py"
    file.write_text("print()")
    assert await rest(file, parser) == file.read_bytes()


# Disks


@pytest.mark.parametrize(
    ("place", "kind", "silent"),
    [
        ("/mnt/c/course", "9p", True),
        ("/mnt/c/course", "drvfs", True),
        ("/mnt/c", "9p", True),
        ("/mnt/cc/course", "9p", False),
        ("/home/ada", "9p", False),
        ("/mnt/c/course", "nfs4", True),
        ("/mnt/c/course", "fuse.sshfs", True),
        ("/mnt/c/course", "ext4", False),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="paths of POSIX")
def test_a_disk_that_tells_nothing(place, kind, silent, monkeypatch):
    """The one on which the folder lies counts, and no other."""
    made = [("/", "ext4"), ("/mnt/c", kind), ("/mnt", "tmpfs")]
    found = [SimpleNamespace(mountpoint=p, fstype=k, opts="rw") for p, k in made]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **options: found)
    assert needs_polling(Path(place)) is silent


async def renamed(watching: Watching) -> tuple[asyncio.Task[None], Path]:
    """Watch a course and rename its folder; return the running watcher and the new folder."""
    running = asyncio.create_task(watching.run())
    await watching.watcher.begun.wait()
    root = watching.watcher.course.root
    return running, root.rename(root.with_name(f"{root.name} moved"))


async def test_a_course_that_is_renamed_and_comes_back(course, monkeypatch):
    """It ends with a sentence; begun again, it sees what was saved meanwhile, and afterwards."""
    monkeypatch.setattr(watcher, "LOOK", 0.05)
    watching, exercise = Watching(course, polling=False), one(course)
    running, elsewhere = await renamed(watching)
    with pytest.raises(GoneError, match="was renamed, moved or removed"):
        async with asyncio.timeout(LONG):
            await running
    moved = elsewhere / exercise.file.relative_to(course.root)
    moved.write_bytes(exercise.stub.read_bytes() if exercise.stub.exists() else b"# mine\n")
    elsewhere.rename(course.root)
    running = asyncio.create_task(watching.run())
    await watching.hears_of("plain_text")
    exercise.file.write_bytes(b"# another\n")
    await watching.hears_of("plain_text")
    running.cancel()


async def test_a_course_that_is_renamed_and_back_at_once(course, monkeypatch):
    """Nobody looked meanwhile; later saves are seen."""
    monkeypatch.setattr(watcher, "LOOK", 0.05)
    watching, exercise = Watching(course, polling=False), one(course)
    running, elsewhere = await renamed(watching)
    shutil.copytree(elsewhere, course.root)  # another folder, of the same name
    watching.watcher.begun.clear()
    async with asyncio.timeout(LONG):
        await watching.watcher.begun.wait()
    exercise.file.write_bytes(b"# another\n")
    await watching.hears_of("plain_text")
    running.cancel()
