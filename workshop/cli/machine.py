"""The commands run, notebooks and doctor: start an app, copy notebooks, examine the machine."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from workshop.apps.doctor import examine
from workshop.cli import common
from workshop.terminal import lists


@click.command()
@click.argument("name", metavar="STEP")
@click.option("--port", type=int, envvar="PORT", default=8080, show_default=True)
@click.option("--data", type=click.Path(path_type=Path), help="Folder for the app's database.")
@click.option("--prefix", help="What its addresses begin with: for a hub.")
@click.option("--socket", type=click.Path(path_type=Path), help="A Unix socket: for a hub.")
def run(name: str, port: int, data: Path | None, prefix: str | None, socket: Path | None) -> None:
    """Run a step's app, or an exercise's; it starts again whenever you save."""
    from workshop.apps import running

    mount = running.Mount(prefix or "", socket) if prefix or socket else None
    running.run(common.load_course(), name, port, data, mount)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
def notebooks(folder: Path | None) -> None:
    """Lay the notebooks into notebooks/, yours to change; what is there stays."""
    from workshop.site import notebook_files

    course, page = common.load_course(), common.page()
    folder = folder or course.root / notebook_files.FOLDER
    for path in notebook_files.write_notebooks(course.root, folder):
        page.verbatim(f"made   {path.name}")
    page.line(f"Your notebooks are in {folder}.")


@click.command()
@click.option("--port", type=int, default=8080, show_default=True, help="The port to look at.")
def doctor(port: int) -> None:
    """Look at this machine: is everything there, and what to do if not."""
    findings = list(examine(common.load_course().root, port))
    lists.write_findings(common.page(), findings)
    sys.exit(1 if any(f.needed and not f.well for f in findings) else 0)
