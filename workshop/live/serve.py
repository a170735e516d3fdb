"""Building the pages, then serving the live course until Ctrl-C, with the login links."""

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
from workshop.live.security import OneTimeCodes
from workshop.runner.pool import WorkerPool
from workshop.site import build_site
from workshop.workspace.session import CourseSession

REDIRECT_FILE = Path(".workshop", "open.html")
"""A page that redirects to the course, opened by the browser instead of the address itself:
all users of a machine can read the arguments of a process."""
REDIRECT_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={address}">
<title>aiohttp workshop</title>
<p><a href="{address}">To the course</a></p>
</html>
"""


def build(
    course: Course, on_progress: build_site.OnProgress = lambda percent, page: None
) -> str | None:
    """Build the pages; return the error's text, or None. `on_progress` gets percent and page."""
    return build_site.build_site(course.root, on_progress)


def open_course(
    course: Course,
    port: int,
    ready: Callable[[str, Path | None], None],
    renewed: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve the live course until Ctrl-C.

    `ready` gets an address with a one-time code, and a file that only this user can read and
    that redirects to another such address (None if it could not be written); `renewed` gets the
    next address whenever the one before has been used. Raises CourseError when the port is taken.
    """
    links = LoginLinks(course.root / REDIRECT_FILE, port, renewed)

    async def run() -> None:
        async with WorkerPool(course) as pool:
            session = CourseSession(course, pool.check, pool.expect)
            app = server.create_app(session, course.root / build_site.HTML, links.codes)
            await server.serve(app, port, lambda: ready(links.new_address(), links.write_page()))

    try:
        with contextlib.suppress(KeyboardInterrupt):  # where no handler takes the signal: Windows
            asyncio.run(run())
    finally:
        links.remove_page()


class LoginLinks:
    """Addresses with one-time codes: one to be printed, one in a page that redirects there."""

    def __init__(self, page: Path, port: int, renewed: Callable[[str], None]) -> None:
        self.codes = OneTimeCodes()
        self.codes.on_redeemed = self._redeemed
        self._page, self._port, self._on_renewed = page, port, renewed
        self._printed = ""

    def new_address(self) -> str:
        """Return a new address to be printed, with a code that counts once."""
        self._printed = self.codes.issue()
        return self._address(self._printed)

    def write_page(self) -> Path | None:
        """Write the redirect page, readable for this user alone; None where that is impossible."""
        self.remove_page()
        try:
            self._page.parent.mkdir(exist_ok=True)
            handle = os.open(self._page, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                address = escape(self._address(self.codes.issue()))
                stream.write(REDIRECT_PAGE.format(address=address))
            if os.name != "posix" or not self._page.stat().st_mode & 0o077:
                return self._page
        except OSError:
            pass
        self.remove_page()  # the disk is full, or knows no rights: another user could read it
        return None

    def remove_page(self) -> None:
        """Delete the redirect page."""
        with contextlib.suppress(OSError):
            self._page.unlink(missing_ok=True)

    def _address(self, code: str) -> str:
        return f"http://{ports.HOST}:{self._port}/#code={code}"

    def _redeemed(self, code: str) -> None:
        if code == self._printed:
            self._on_renewed(self.new_address())
        else:
            self.remove_page()
