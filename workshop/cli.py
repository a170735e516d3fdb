"""The command line: `python -m workshop …`.

Exit codes: 0 all is well, 1 a check failed, 2 the course or the call is wrong.

What only one command needs is imported there: a check has to start fast.
"""

from __future__ import annotations

import asyncio
import difflib
import subprocess
import sys
import webbrowser
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.text import Text

from workshop import author, checker, course
from workshop.course import Course, CourseError, Exercise
from workshop.machine import ports
from workshop.progress import Progress, write
from workshop.report import Report, to_json
from workshop.terminal import Terminal


class Commands(click.Group):
    """Shows errors of the course as sentences, and lists the commands in the order of use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names as they were defined."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Turn a CourseError into its sentence and exit code 2."""
        try:
            return super().invoke(ctx)
        except CourseError as error:
            raise Trouble(str(error)) from error


class Trouble(click.ClickException):
    """The course or the call is wrong."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Print the sentence to standard error."""
        Console(stderr=True, highlight=False).print(Text(self.format_message()))


def _course() -> Course:
    return course.discover()


def _one(name: str) -> Exercise:
    found = _course().select(name)
    if len(found) > 1 and found[0].name != name.rpartition("/")[2].removesuffix(".py"):
        raise CourseError(
            f'"{name}" is a whole step. Name one exercise: {", ".join(e.name for e in found)}.'
        )
    return found[0]


@click.group(cls=Commands, invoke_without_command=True)
@click.option("--port", default=8000, show_default=True, help="Where the pages are served.")
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
@click.pass_context
def main(context: click.Context, port: int, no_browser: bool) -> None:
    """The aiohttp workshop. Without a command: build the pages, serve them, say what to do."""
    if context.invoked_subcommand is None:
        _serve(port, no_browser)


def _serve(port: int, no_browser: bool) -> None:
    from workshop.site import server

    found = _course()
    terminal = Terminal()
    if not ports.free(port):
        raise CourseError(ports.busy(port))
    terminal.console.print("Building the pages …")
    if trouble := server.build(found.root):
        raise CourseError(f"The pages could not be built:\n{trouble}")
    address = f"http://{ports.HOST}:{port}/"
    following = Progress(found.root).next_open(found.exercises)
    terminal.console.print()
    terminal.say("Read", address)
    if following:
        label = following.step[:6]
        terminal.say("Run", f"python -m workshop run {label}      (in a second terminal)")
        terminal.say("Check", f"python -m workshop check {following.name}")
    terminal.say("Stop", "Ctrl-C")
    if not no_browser:
        webbrowser.open(address)
    server.serve(found.root / "docs" / "_build" / "html", port)


@main.command()
@click.argument("names", nargs=-1, metavar="[NAME]…")
@click.option("--all", "everything", is_flag=True, help="Go on after one that did not pass.")
@click.option("--json", "as_json", is_flag=True, help="Print the reports as JSON, one a line.")
@click.option("--seconds", default=5.0, show_default=True, help="The deadline of one exercise.")
@click.option("--stub", is_flag=True, help="Check the file as it was handed out, not yours.")
@click.option("--solution", is_flag=True, help="Check the solution, not your file.")
def check(
    names: tuple[str, ...],
    everything: bool,
    as_json: bool,
    seconds: float,
    stub: bool,
    solution: bool,
) -> None:
    """Check an exercise, a whole step, or (without a NAME) the one that is next."""
    found, terminal = _course(), Terminal()
    progress = Progress(found.root)
    if seconds <= 0:
        raise CourseError("--seconds takes a number above 0.")
    chosen = [exercise for name in names for exercise in found.select(name)]
    if not names:
        following = progress.next_open(found.exercises)
        chosen = [following] if following else list(found.exercises)
    if progress.notice:
        click.echo(progress.notice, err=True)
    limits = replace(checker.Limits(), seconds=seconds)
    last: Report | None = None
    passed = True
    for exercise in chosen:
        source = exercise.stub if stub else exercise.solution if solution else None
        last = asyncio.run(checker.check(exercise, source, limits))
        passed = passed and last.passed
        if source is None:
            progress.note(exercise, last)
        if as_json:
            click.echo(to_json(last))
            continue
        taken = progress.entry(exercise).hints if source is None else {}
        terminal.report(last, exercise, taken, brief=last.passed and len(chosen) > 1)
        if not (last.passed or everything):
            break
    if last and not as_json:
        terminal.next_action(last, found, progress)
    sys.exit(0 if passed else 1)


@main.command("list")
def list_() -> None:
    """List all exercises, and what is done."""
    found = _course()
    Terminal().listing(found, Progress(found.root))


@main.command()
@click.argument("name")
def hint(name: str) -> None:
    """Give one more hint for the first check that does not pass."""
    exercise = _one(name)
    progress = Progress(exercise.root)
    report = progress.last_report(exercise)
    if report is None or report.passed or not report.checks:
        report = asyncio.run(checker.check(exercise))
        progress.note(exercise, report)
    trouble = report.first_trouble
    if trouble is None:
        click.echo(f"{exercise.key} has passed: no hint is needed.")
        return
    click.echo(trouble.sentence)
    if not trouble.hints:
        click.echo("There is no hint for this check. Its suite says all: " + exercise.suite.name)
        return
    taken = progress.take_hint(exercise, trouble.name, len(trouble.hints))
    for number, sentence in enumerate(trouble.hints[:taken], 1):
        click.echo(f"  {number} of {len(trouble.hints)}: {sentence}")
    if taken == len(trouble.hints):
        click.echo(
            f"That was the last one. To see the solution: "
            f"python -m workshop solution {exercise.name} --spoil"
        )


@main.command()
@click.argument("name")
def diff(name: str) -> None:
    """Show what you changed in an exercise, or what a step changed since the last one."""
    found = _course()
    try:
        step = found.step(name)
    except CourseError:
        exercise = _one(name)
        _show_diff(exercise.stub, exercise.file, "as handed out", "yours")
        return
    before = found.before(step)
    if before is None:
        raise CourseError(f"{step.label} is the first step: there is nothing before it.")
    for path in sorted({*before.files, *step.files}):
        _show_diff(
            before.path / path, step.path / path, f"{before.label}/{path}", f"{step.label}/{path}"
        )


def _print_code(text: str, language: str) -> None:
    """Print code in colours, with its own line ends only, so that it can be copied."""
    from rich.syntax import Syntax

    code = Syntax(text, language, background_color="default").highlight(text)
    Console().print(code, soft_wrap=True)


def _show_diff(old: Path, new: Path, old_name: str, new_name: str) -> None:
    before, after = (
        path.read_text("utf-8", "replace").splitlines() if path.exists() else []
        for path in (old, new)
    )
    text = "\n".join(difflib.unified_diff(before, after, old_name, new_name, lineterm=""))
    if text:
        _print_code(text, "diff")
    else:
        click.echo(f"{new_name}: no difference to {old_name}.")


@main.command()
@click.argument("name")
@click.option("--spoil", is_flag=True, help="Show it before you have solved the exercise.")
def solution(name: str, spoil: bool) -> None:
    """Show the solution of an exercise that you have solved, and how yours differs."""
    exercise = _one(name)
    if not (spoil or Progress(exercise.root).done(exercise)):
        raise CourseError(
            f"You have not solved {exercise.key} yet. A hint helps more than the solution: "
            f"python -m workshop hint {exercise.name}\n"
            f"To see the solution all the same: python -m workshop solution {exercise.name} --spoil"
        )
    _print_code(exercise.solution.read_text("utf-8"), "python")
    if exercise.file.exists():
        _show_diff(exercise.file, exercise.solution, "yours", "solution")


@main.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(name: str, yes: bool) -> None:
    """Bring the original of an exercise back; a copy of yours is kept."""
    exercise = _one(name)
    shown = exercise.file.relative_to(exercise.root).as_posix()
    kept = None
    if exercise.file.exists():
        if exercise.file.read_bytes() == exercise.stub.read_bytes():
            click.echo(f"{shown} is as it was handed out: nothing to do.")
            return
        if not yes:
            click.confirm(f"Replace {shown} by the original? A copy of yours is kept.", abort=True)
        kept = Progress(exercise.root).keep(exercise)
    write(exercise.file, exercise.stub.read_bytes())
    click.echo(f"{shown} is as it was handed out.")
    if kept:
        click.echo(f"Yours is kept in {kept.relative_to(exercise.root).as_posix()}.")


@main.command()
@click.argument("name", metavar="STEP")
@click.option("--port", type=int, envvar="PORT", default=8080, show_default=True)
@click.option("--data", type=click.Path(path_type=Path), help="Folder for the app's database.")
def run(name: str, port: int, data: Path | None) -> None:
    """Run a step's app, or an exercise's; it starts again whenever you save."""
    from workshop.machine import running

    running.run(_course(), name, port, data)


@main.command("doctor")
@click.option("--port", type=int, default=8080, show_default=True, help="The port to look at.")
def doctor_(port: int) -> None:
    """Look at this machine: is everything there, and what to do if not."""
    from workshop.machine import doctor

    findings = list(doctor.examine(_course().root, port))
    Terminal().findings(findings)
    sys.exit(1 if any(f.needed and not f.well for f in findings) else 0)


@main.command()
@click.argument("topic")
def new(topic: str) -> None:
    """For authors: make the folders of the next step in all trees."""
    found = _course()
    made, to_write = author.new_step(found, topic)
    for path in made:
        click.echo(f"made   {path.relative_to(found.root).as_posix()}/")
    for line in to_write:
        click.echo(f"write  {line}")


@main.command()
def stubs() -> None:
    """For authors: hand out the exercises as they are now (reset and the pages use these)."""
    found = _course()
    changed = author.take_stubs(found)
    for path in changed:
        click.echo(f"taken  {path.relative_to(found.root).as_posix()}")
    click.echo(f"{len(changed)} of {len(found.exercises)} were new or changed.")


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def tests(arguments: tuple[str, ...]) -> NoReturn:
    """For authors: prove everything (nox -s tests, in this environment)."""
    words = [sys.executable, "-m", "nox", "--no-venv", "-s", "tests", "--", *arguments]
    sys.exit(subprocess.call(words, cwd=course.ROOT))  # noqa: S603 - our own program
