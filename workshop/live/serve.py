"""From the command to a course that is open in the browser, and to its end."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable
from html import escape
from pathlib import Path

from workshop.apps import ports
from workshop.course import Course
from workshop.live import server
from workshop.live.security import Invitation
from workshop.runner.pool import WorkerPool
from workshop.site import build_site
from workshop.workspace.session import CourseSession

LETTER = Path(".workshop", "open.html")
"""What leads the browser in, below the course's folder: a process's arguments anybody can read."""
LEADS = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={address}">
<title>aiohttp workshop</title>
<p><a href="{address}">To the course</a></p>
</html>
"""


def build(course: Course, tell: build_site.Told = lambda percent, page: None) -> str | None:
    """Build the pages; return what went wrong, or None. `tell` hears how far it is."""
    return build_site.build(course.root, tell)


def open_course(
    course: Course,
    port: int,
    ready: Callable[[str, Path | None], None],
    renewed: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve the live course until Ctrl-C.

    `ready` gets the address that lets one browser in, and a file that only this user can read and
    that leads a browser there, if it could be written; `renewed` gets the next address whenever
    the one before has been used. Raises CourseError when the port is taken.
    """
    opening = Opening(course.root / LETTER, port, renewed)

    async def run() -> None:
        async with WorkerPool(course) as pool:
            session = CourseSession(course, pool.check, pool.expect)
            app = server.create_app(session, course.root / build_site.HTML, opening.invitation)
            await server.serve(app, port, lambda: ready(opening.next(), opening.write()))

    try:
        with contextlib.suppress(KeyboardInterrupt):  # where no handler takes the signal: Windows
            asyncio.run(run())
    finally:
        opening.unwrite()


class Opening:
    """The ways into a course: an address to be shown, and a letter that leads there."""

    def __init__(self, letter: Path, port: int, renewed: Callable[[str], None]) -> None:
        self.invitation = Invitation()
        self.invitation.spent = self._spent
        self._letter, self._port, self._renewed = letter, port, renewed
        self._shown = ""

    def next(self) -> str:
        """Return an address that lets one browser in, to be shown."""
        self._shown = self.invitation.offer()
        return self._address(self._shown)

    def write(self) -> Path | None:
        """Write the letter, for this user alone; None where that cannot be."""
        self.unwrite()
        try:
            self._letter.parent.mkdir(exist_ok=True)
            handle = os.open(self._letter, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                address = escape(self._address(self.invitation.offer()))
                stream.write(LEADS.format(address=address))
            if os.name != "posix" or not self._letter.stat().st_mode & 0o077:
                return self._letter
        except OSError:
            pass
        self.unwrite()  # the disk is full, or knows no rights: another user could read it
        return None

    def unwrite(self) -> None:
        """Take the letter away."""
        with contextlib.suppress(OSError):
            self._letter.unlink(missing_ok=True)

    def _address(self, code: str) -> str:
        return f"http://{ports.HOST}:{self._port}/#code={code}"

    def _spent(self, code: str) -> None:
        if code == self._shown:
            self._renewed(self.next())
        else:
            self.unwrite()
