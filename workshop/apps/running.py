"""`python -m workshop run`: a step's app or an exercise's, restarted on every save."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import watchfiles

from workshop.apps import ports
from workshop.course import Course, CourseError, Exercise, Step, misplaced
from workshop.course.files import check_root

SOURCES = (".html", ".css", ".js", ".jinja2")
"""Suffixes of an app's files, beside Python: a save of one restarts the app."""
RESTARTED = "saved: starting again"


@dataclass(frozen=True, slots=True)
class Mount:
    """The address of an app that a hub serves beside others: a path prefix, a Unix socket."""

    prefix: str = ""
    """The path that all addresses of the app begin with, such as /user/ada/step03."""
    socket: Path | None = None
    """A Unix socket in place of a port."""

    def variables(self) -> dict[str, str]:
        """Return the environment variables that `workshop.apps.mounted` reads."""
        socket = {"WORKSHOP_SOCKET": str(self.socket)} if self.socket else {}
        return {"WORKSHOP_PREFIX": self.prefix, **socket}


def check_port(port: int, taken: bool = False) -> None:
    """Raise CourseError for a number that is no port, and unless `taken` for a port in use."""
    if not 0 < port < 65536:
        raise CourseError(f"{port} is no port. Choose one from 1024 to 65535, such as --port 8081.")
    if not taken and not ports.is_free(port):
        raise CourseError(ports.taken_sentence(port))


def module_and_folder(course: Course, name: str) -> tuple[str, Path]:
    """Return the module to run and the folder to watch, for a step's name or an exercise's.

    Raises CourseError for a name that is neither, and for an exercise that is no app.
    """
    try:
        return module_of(course.step(name))
    except CourseError:
        return module_of(course.select(name)[0])


def module_of(app: Step | Exercise) -> tuple[str, Path]:
    """Return the module to run and the folder to watch, for a step or an exercise.

    Raises CourseError for an exercise that is no app, or where a file hides a module from it.
    """
    if isinstance(app, Step):
        return f"steps.{app.folder}.app", app.path
    if not app.is_app:
        raise CourseError(
            f'{app.key} is no app by itself. Check it: "python -m workshop check {app.name}"'
        )
    if hiding := misplaced.hiding(app):
        raise CourseError(hiding)
    return f"exercises.{app.step}.{app.name}", app.file.parent


def data_folder(course: Course, target: str, wanted: Path | None = None) -> Path:
    """Return the folder for the data of the app in a module; create it if it does not exist.

    Raises CourseError when it cannot be made.
    """
    data = wanted or course.root / ".workshop" / "data" / target.split(".")[1]
    try:
        check_root(course.root)
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CourseError(
            f"The folder {data} for the app's data cannot be made: {error.strerror}. "
            "Name another: --data DIR"
        ) from error
    return data.resolve()


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
    target, folder = module_and_folder(course, name)
    check_port(port, taken=bool(mount and mount.socket))
    os.environ.update(environment(port, data_folder(course, target, data)))
    if mount:
        os.environ.update(mount.variables())
        target = f"workshop.apps.mounted {target}"
    os.chdir(course.root)
    python = sys.executable.replace("\\", "/")
    try:
        _run(folder, f'"{python}" -m {target}')
    except FileNotFoundError:
        raise
    except (OSError, RuntimeError):  # the system has no more watches to give
        os.environ["WATCHFILES_FORCE_POLLING"] = "true"
        _run(folder, f'"{python}" -m {target}')


def _run(folder: Path, command: str) -> None:
    watchfiles.run_process(
        folder,
        target=command,
        target_type="command",
        watch_filter=watchfiles.PythonFilter(extra_extensions=SOURCES),
        callback=lambda _: print(RESTARTED, file=sys.stderr),  # noqa: T201
        debounce=50,
        step=5,
    )
