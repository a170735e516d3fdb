"""The command line `python -m workshop …`, and the command that serves the live course.

Exit codes: 0 success, 1 a check failed, 2 an error of the course or of the call.

A module that only one command needs is imported inside that command: a check has to start fast.
"""

from __future__ import annotations

import gc
import threading
import webbrowser
from pathlib import Path

import click

from workshop.cli import authors, checks, common, files, machine, watch
from workshop.course import Course, CourseError
from workshop.terminal.page import ProgressMeter
from workshop.terminal.report_text import ReportWriter

COMMANDS = (
    *(watch.watch, checks.check, checks.list_, checks.hint),
    *(files.diff, files.solution, files.reset),
    *(machine.run, machine.notebooks, machine.doctor),
    *(authors.new, authors.stubs, authors.tests),
)
BUILD_FAILED = (
    'The pages could not be built. "python -m workshop doctor" looks for what this machine lacks,'
    ' and "python -m workshop watch" works without the pages. What went wrong:'
)


@click.group(cls=common.CommandGroup, invoke_without_command=True)
@click.option("--port", default=8000, show_default=True, help="Where the course is served.")
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
@click.pass_context
def main(context: click.Context, port: int, no_browser: bool) -> None:
    """The aiohttp workshop. Without a command: open the live course in the browser."""
    if context.invoked_subcommand is None:
        _serve(port, no_browser)


for command in COMMANDS:
    main.add_command(command)


def _serve(port: int, no_browser: bool) -> None:
    from workshop.apps import running
    from workshop.live import serve

    course, terminal = common.load_course(), ReportWriter()
    running.check_port(port)
    terminal.page.line("Building the pages …")
    meter = ProgressMeter(terminal.page)
    error = serve.build(course, meter)
    meter.end()
    if error:
        raise CourseError(f"{BUILD_FAILED}\n{error}")
    serve.open_course(
        *(course, port),
        lambda address, page_file: _print_start(
            terminal, course, address, None if no_browser else page_file
        ),
        lambda address: _print_new_address(terminal, address),
    )
    terminal.page.line("The course has ended. What you did is kept.")
    gc.freeze()  # else the interpreter looks through all of it once more before it ends


def _print_start(
    terminal: ReportWriter, course: Course, address: str, page_file: Path | None
) -> None:
    """Print the address and what to do, on one screen; open `page_file` in the browser."""
    next_exercise = common.progress(course.root).next_open(course.exercises)
    terminal.page.blank()
    terminal.page.verbatim(f"{'Read':<8}{address}")
    terminal.labelled("", "This address lets one browser in: it is for you alone.")
    if next_exercise:
        terminal.labelled("Edit", f"{next_exercise.file.relative_to(course.root).as_posix()},")
        terminal.labelled("", "on its page or in your own editor: it is checked whenever you save.")
    terminal.labelled("Run", "a step with the button on its page.")
    terminal.labelled("Here", "python -m workshop watch shows verdicts in a terminal instead.")
    terminal.labelled("Stop", "Ctrl-C")
    if page_file:
        _open_browser(page_file.absolute().as_uri())


def _print_new_address(terminal: ReportWriter, address: str) -> None:
    """Print the address for one more browser: each is valid once."""
    terminal.page.line("That address has been used. For one more browser there is a new one:")
    terminal.page.verbatim(f"{'Read':<8}{address}")


def _open_browser(address: str) -> None:
    """Open the browser in a thread: one that runs in the terminal returns only when closed."""
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
