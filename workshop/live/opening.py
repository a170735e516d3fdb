"""From the command to a course that is open in the browser, and to its end."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Callable

from workshop.course import Course
from workshop.lesson import Lesson
from workshop.live import server
from workshop.machine import ports
from workshop.site import building
from workshop.spares import Spares


def build(course: Course) -> str | None:
    """Build the pages; return what went wrong, or None."""
    return building.build(course.root)


def open_course(course: Course, port: int, ready: Callable[[str], None]) -> None:
    """Serve the live course until Ctrl-C; `ready` gets the address that lets a browser in.

    Raises CourseError when the port is taken.
    """
    token = secrets.token_urlsafe()
    address = f"http://{ports.HOST}:{port}/?token={token}"

    async def run() -> None:
        async with Spares(course) as spares:
            lesson = Lesson(course, spares.check, spares.expect)
            app = server.create_app(lesson, course.root / building.HTML, token)
            await server.serve(app, port, lambda: ready(address))

    with contextlib.suppress(KeyboardInterrupt):  # where no handler takes the signal: Windows
        asyncio.run(run())
