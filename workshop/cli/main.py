"""The command line: `python -m workshop ...`.

Exit codes: 0 all is well, 1 a check failed, 2 the course or the call is wrong.

What only one command needs is imported there: a check has to start fast.
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
UNBUILT = (
    'The pages could not be built. "python -m workshop doctor" looks for what this machine lacks,'
    ' and "python -m workshop watch" works without the pages. What went wrong:'
)


@click.group(cls=common.Commands, invoke_without_command=True)
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

    found, terminal = common.found(), ReportWriter()
    running.check_port(port)
    terminal.page.line("Building the pages …")
    meter = ProgressMeter(terminal.page)
    trouble = serve.build(found, meter)
    meter.end()
    if trouble:
        raise CourseError(f"{UNBUILT}\n{trouble}")
    serve.open_course(
        *(found, port),
        lambda address, letter: _say(terminal, found, address, None if no_browser else letter),
        lambda address: _say_again(terminal, address),
    )
    terminal.page.line("The course has ended. What you did is kept.")
    gc.freeze()  # else the interpreter looks through all of it once more before it ends


def _say(terminal: ReportWriter, found: Course, address: str, letter: Path | None) -> None:
    """Say where the course is and what to do, on one screen, and open it by its letter."""
    following = common.progress(found.root).next_open(found.exercises)
    terminal.page.blank()
    terminal.page.verbatim(f"{'Read':<8}{address}")
    terminal.labelled("", "This address lets one browser in: it is for you alone.")
    if following:
        terminal.labelled("Edit", f"{following.file.relative_to(found.root).as_posix()},")
        terminal.labelled("", "on its page or in your own editor: it is checked whenever you save.")
    terminal.labelled("Run", "a step with the button on its page.")
    terminal.labelled("Here", "python -m workshop watch shows verdicts in a terminal instead.")
    terminal.labelled("Stop", "Ctrl-C")
    if letter:
        _look(letter.absolute().as_uri())


def _say_again(terminal: ReportWriter, address: str) -> None:
    """Say where the next browser gets in: an address counts once."""
    terminal.page.line("That address has been used. For one more browser there is a new one:")
    terminal.page.verbatim(f"{'Read':<8}{address}")


def _look(address: str) -> None:
    """Open the browser; one that runs in the terminal comes back only when it is closed."""
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
