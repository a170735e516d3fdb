"""The command line: `python -m workshop ...`.

Exit codes: 0 all is well, 1 a check failed, 2 the course or the call is wrong.

What only one command needs is imported there: a check has to start fast.
"""

from __future__ import annotations

import webbrowser

import click

from workshop.commands import authors, checks, common, files, machine, watch
from workshop.course import CourseError
from workshop.machine import ports
from workshop.progress import Progress
from workshop.terminal import Terminal

COMMANDS = (
    *(watch.watch, checks.check, checks.list_, checks.hint),
    *(files.diff, files.solution, files.reset),
    *(machine.run, machine.notebooks, machine.doctor),
    *(authors.new, authors.stubs, authors.tests),
)


@click.group(cls=common.Commands, invoke_without_command=True)
@click.option("--port", default=8000, show_default=True, help="Where the pages are served.")
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
@click.pass_context
def main(context: click.Context, port: int, no_browser: bool) -> None:
    """The aiohttp workshop. Without a command: build the pages, serve them, say what to do."""
    if context.invoked_subcommand is None:
        _serve(port, no_browser)


for command in COMMANDS:
    main.add_command(command)


def _serve(port: int, no_browser: bool) -> None:
    from workshop.site import server

    found, terminal = common.found(), Terminal()
    if not ports.free(port):
        raise CourseError(ports.busy(port))
    terminal.page.line("Building the pages …")
    if trouble := server.build(found.root):
        raise CourseError(f"The pages could not be built:\n{trouble}")
    address = f"http://{ports.HOST}:{port}/"
    following = Progress(found.root).next_open(found.exercises)
    terminal.page.blank()
    terminal.say("Read", address)
    if following:
        label = following.step[:6]
        terminal.say("Run", f"python -m workshop run {label}      (in a second terminal)")
        terminal.say("Check", f"python -m workshop check {following.name}")
    terminal.say("Stop", "Ctrl-C")
    if not no_browser:
        webbrowser.open(address)
    server.serve(found.root / "docs" / "_build" / "html", port)
