"""The command line at work, on a server of its own with a new database."""

import asyncio
import shlex
import sys
from asyncio.subprocess import PIPE, STDOUT
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from aiohttp import web

from steps.step03_rest.app import create_app
from steps.step03_rest.config import Config

PROGRAM = "steps.step03_rest.cli"
LINES = (
    "list",
    'create --title "On loops" --text "A loop waits." --owner Alan',
    "update 3 --editor Ada --json",
    "delete 3",
    "get 3",
    "get three",
)


async def show(server: str, line: str) -> None:
    """Run a command, and print what a terminal would show."""
    words = [sys.executable, "-m", PROGRAM, "--server", server, *shlex.split(line)]
    program = await asyncio.create_subprocess_exec(*words, stdout=PIPE, stderr=STDOUT)
    output, _ = await program.communicate()
    click.echo(f"$ python -m {PROGRAM} {line}\n{output.decode()}", nl=False)
    if program.returncode:
        click.echo(f"$ echo $?\n{program.returncode}")


async def main() -> None:
    """Serve the blog, and run each command against it."""
    with TemporaryDirectory() as folder:
        runner = web.AppRunner(create_app(Config(Path(folder))))
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            for line in LINES:
                await show(f"http://127.0.0.1:{site.port}", line)
        finally:
            await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
