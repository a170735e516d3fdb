"""Watches the files of the exercises; finds which were saved and which are to be checked."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import watchfiles
from watchfiles import Change

from workshop.apps import file_polling
from workshop.course import Course, Exercise
from workshop.course.files import check_root
from workshop.workspace import Document, document, read_document
from workshop.workspace.parser import Parser, stable_content

DEBOUNCE, STEP = 50, 5
"""Milliseconds: changes within the first belong together; a pause of the second ends the wait."""
MANY = 2
"""More files than that within `SPELL` seconds were not saved by a person."""
SPELL = 1.0
"""Seconds."""
GONE = 0.25
"""Seconds until the folders are searched again."""
LOOK = 1.0
"""Seconds between two checks whether the course's folder is still the same."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Saved:
    """Saves in the folders of the exercises."""

    documents: dict[Exercise, Document]
    """The documents of the files with a new content, in the order of the course."""
    check: tuple[Exercise, ...]
    """Exercises to be checked: few, however many were saved."""

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises whose file has a new content."""
        return tuple(self.documents)


@dataclass
class Watcher:
    """Watches the files of a course; `current` returns the exercise that the learner works on."""

    course: Course
    current: Callable[[], Exercise | None] = lambda: None
    polling: bool | None = None
    """Whether to poll; None finds out whether the file system needs it."""
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when every later change will be seen."""
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held by code that replaces a learner's file, until it has called `learn`."""

    def __post_init__(self) -> None:
        self._authors = tuple(self._authors_files())
        self._known = {file: document.file_digest(file) for file in self._files()}
        self._recent: dict[Exercise, float] = {}
        """Time of the last save of each exercise, by the loop's clock."""
        if self.polling is None:
            forced = bool(os.environ.get("WATCHFILES_FORCE_POLLING"))
            self.polling = forced or file_polling.needs_polling(self.course.root)

    async def watch(self) -> AsyncIterator[Saved]:
        """Yield saves with a new content, until cancelled.

        Raises GoneError when the course's folder is gone; may be called again when it is back.
        """
        async with Parser() as parser:
            async for files in self._changes():
                check_root(self.course.root)
                if saved := await self._find_saved(files, parser):
                    yield saved

    def learn(self, file: Path, digest: str | None) -> bool:
        """Record the digest of a file as known; return whether it is a new one."""
        news = self._known.get(file) != digest
        self._known[file] = digest
        return news

    async def _changes(self) -> AsyncIterator[set[Path]]:
        """Yield the files that may have changed."""
        while True:
            check_root(self.course.root)
            async with contextlib.aclosing(
                self._by_polling() if self.polling else self._by_events()
            ) as changes:
                async for files in changes:
                    yield files

    async def _by_polling(self) -> AsyncGenerator[set[Path], None]:
        """Yield changed files by polling; first, all files."""
        async with contextlib.aclosing(file_polling.changes(self._files)) as looks:
            await anext(looks)
            self.begun.set()
            yield set(self._files())
            async for found in looks:
                yield found
                check_root(self.course.root)

    async def _by_events(self) -> AsyncGenerator[set[Path], None]:
        """Yield changed files by events of the system; return when a folder was made or removed."""
        folders, everything = self._folders(), set(self._files())
        root = _identity(self.course.root)
        changes = watchfiles.awatch(
            *folders, debounce=DEBOUNCE, step=STEP, force_polling=False, recursive=False
        )
        async with contextlib.aclosing(changes):
            waiting = asyncio.ensure_future(anext(changes))
            try:
                await asyncio.sleep(0)  # now it watches; what came before is seen at once
                if not waiting.done():
                    self.begun.set()
                yield everything
                while True:
                    while not (await asyncio.wait({waiting}, timeout=LOOK))[0]:
                        if _identity(self.course.root) != root:  # renamed, and perhaps back
                            return
                    found = [(what, Path(path).name) for what, path in waiting.result()]
                    names = {name for _, name in found}  # the system may spell a path otherwise
                    yield {file for file in everything if file.name in names}
                    made = {name for what, name in found if what is not Change.modified}
                    if made.intersection(f.name for f in folders) or self._folders() != folders:
                        return
                    waiting = asyncio.ensure_future(anext(changes))
            except FileNotFoundError:  # a folder has gone just now
                await asyncio.sleep(GONE)
            except (OSError, RuntimeError) as error:  # the system has no more watches to give
                log.info("The files are looked at again and again, because of: %s", error)
                self.polling = True
            finally:
                waiting.cancel()
                await asyncio.gather(waiting, return_exceptions=True)

    async def _find_saved(self, files: set[Path], parser: Parser) -> Saved | None:
        """Return the saves among these files, once their content is stable; None for none."""
        current = self.current()
        authors = [file for file in self._authors if file in files and self._is_new(file)]
        self._known |= {file: document.file_digest(file) for file in authors}
        for exercise in self.course.exercises:
            if exercise.suite in authors:
                exercise.forget()
        asked = [current for file in authors if current and _concerns(file, current)][:1]
        saved = await self._new_documents(
            [e for e in self.course.exercises if e.file in files], parser
        )
        now = asyncio.get_running_loop().time()
        self._recent = {e: at for e, at in self._recent.items() if now - at < SPELL}
        self._recent |= dict.fromkeys(saved, now)
        few = len(self._recent) <= MANY
        check = [e for e in saved if few or e == current]
        check += [e for e in asked if e not in check]
        return Saved(saved, tuple(check)) if saved or check else None

    async def _new_documents(
        self, exercises: list[Exercise], parser: Parser
    ) -> dict[Exercise, Document]:
        """Return the documents with a new content, once it is stable."""
        found = {exercise: document.read_content(exercise.file) for exercise in exercises}
        before = {e: self._known.get(e.file) for e in exercises}
        new = {e: data for e, data in found.items() if document.digest(data) != before[e]}
        waiting = (stable_content(e.file, data, parser.whole) for e, data in new.items())
        rested = dict(zip(new, await asyncio.gather(*waiting), strict=True))
        saved = {}
        async with self.writing:
            for exercise, data in rested.items():
                if self._known.get(exercise.file) != before[exercise]:  # replaced meanwhile
                    data = document.read_content(exercise.file)
                if self.learn(exercise.file, document.digest(data)):
                    saved[exercise] = read_document(exercise, data)
        return saved

    def _is_new(self, file: Path) -> bool:
        return document.file_digest(file) != self._known.get(file)

    def _files(self) -> list[Path]:
        return [*(exercise.file for exercise in self.course.exercises), *self._authors]

    def _authors_files(self) -> list[Path]:
        """Return the suites and conftest files, which only authors change."""
        root = self.course.root
        shared = [root / "exercises" / step.folder / "conftest.py" for step in self.course.steps]
        return [root / "conftest.py", *shared, *(e.suite for e in self.course.exercises)]

    def _folders(self) -> list[Path]:
        """Return the existing folders to watch."""
        home = self.course.root / "exercises"
        wanted = [self.course.root, home, *(home / step.folder for step in self.course.steps)]
        return [folder for folder in wanted if folder.is_dir()]


def _concerns(file: Path, exercise: Exercise) -> bool:
    """Return whether the checks of an exercise depend on an author's file."""
    shared = (exercise.root / "conftest.py", exercise.suite.parent / "conftest.py")
    return file == exercise.suite or file in shared


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return device and inode of a folder; None when it does not exist."""
    with contextlib.suppress(OSError):
        found = folder.stat()
        return found.st_dev, found.st_ino
    return None
