"""Run a step's app or an exercise's, and again on every save."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import watchfiles

from workshop.course import Course, CourseError, Exercise, Step
from workshop.machine import ports


@dataclass(frozen=True, slots=True)
class Mount:
    """Where an app is when it is not at the top of a port: a hub has many apps at one address."""

    prefix: str = ""
    """The path that all addresses of the app begin with, such as /user/ada/step03."""
    socket: Path | None = None
    """A Unix socket in place of a port."""

    def words(self) -> dict[str, str]:
        """Return what the environment of `workshop.machine.mounted` says of it."""
        socket = {"WORKSHOP_SOCKET": str(self.socket)} if self.socket else {}
        return {"WORKSHOP_PREFIX": self.prefix, **socket}


def module(course: Course, name: str) -> tuple[str, Path]:
    """Return the module to run and the folder to watch, for a step's name or an exercise's.

    Raises CourseError for a name that is neither, and for an exercise that is no app.
    """
    try:
        step: Step | Exercise = course.step(name)
    except CourseError:
        step = course.select(name)[0]
    if isinstance(step, Step):
        return f"steps.{step.folder}.app", step.path
    if not step.is_app:
        raise CourseError(
            f'{step.key} is no app by itself. Check it: "python -m workshop check {step.name}"'
        )
    return f"exercises.{step.step}.{step.name}", step.file.parent


def environment(port: int, data: Path) -> dict[str, str]:
    """Return the environment of an app: its port, and the folder for its database.

    No bytecode is written: an edit within the same second would run the old code.
    """
    return {
        **os.environ,
        "PORT": str(port),
        "WORKSHOP_DATA": str(data),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def run(
    course: Course, name: str, port: int, data: Path | None, mount: Mount | None = None
) -> None:
    """Run an app until Ctrl-C, again after every save in its folder.

    Raises CourseError when the name is unknown, the port is taken or the folder cannot be made.
    """
    target, folder = module(course, name)
    if not 0 < port < 65536:
        raise CourseError(f"{port} is no port. Choose one from 1024 to 65535, such as --port 8081.")
    if not (mount and mount.socket) and not ports.free(port):
        raise CourseError(ports.busy(port))
    data = data or course.root / ".workshop" / "data" / target.split(".")[1]
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CourseError(
            f"The folder {data} for the app's data cannot be made: {error.strerror}. "
            "Name another: --data DIR"
        ) from error
    os.environ.update(environment(port, data.resolve()))
    if mount:
        os.environ.update(mount.words())
        target = f"workshop.machine.mounted {target}"
    os.chdir(course.root)
    python = sys.executable.replace("\\", "/")
    watchfiles.run_process(
        folder,
        target=f'"{python}" -m {target}',
        target_type="command",
        watch_filter=watchfiles.PythonFilter(extra_extensions=(".html", ".css", ".js", ".jinja2")),
        callback=lambda _: print("saved: starting again", file=sys.stderr),  # noqa: T201
        debounce=50,
        step=5,
    )
