"""The downloader at work, with a page server of its own and an empty folder."""

import os
import shlex
import subprocess
import sys
from tempfile import TemporaryDirectory

import click

from steps.step00_asyncio.serving import page_server

PROGRAM = "steps.step00_asyncio.downloader"
LINES = ("", "8012 8099")


def show(server: str, line: str, folder: str) -> None:
    """Run the downloader, and print what a terminal would show."""
    click.echo(f"$ python -m {PROGRAM} {line}".rstrip())
    words = [sys.executable, "-m", PROGRAM, "--server", server, *shlex.split(line)]
    told = {**os.environ, "WORKSHOP_DATA": folder}
    done = subprocess.run(words, env=told, stdout=-1, stderr=-2, encoding="utf-8", check=False)  # noqa: S603
    click.echo(done.stdout, nl=False)
    click.echo(f"$ echo $?\n{done.returncode}")


def main() -> None:
    """Serve the pages, and run each command."""
    with TemporaryDirectory() as folder, page_server(latency=0.05) as server:
        for line in LINES:
            show(server, line, folder)


if __name__ == "__main__":
    main()
