"""The command line: `python -m benchmarks [NAME…]`; without a name, all of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict

import click
from rich.console import Console

from benchmarks import blog, lasting, verdict
from benchmarks.figures import BenchmarkError, Figures, Settings, machine, show

BENCHMARKS: dict[str, Callable[[Settings], Figures]] = {
    "lasting": lasting.run,
    "pages": blog.pages,
    "pictures": blog.pictures,
    "sessions": blog.sessions,
    "verdict": verdict.run,
}
"""All benchmarks by name: functions that take `Settings` and return `Figures`."""
USUAL = Settings()


@click.command(epilog=f"NAME: {', '.join(BENCHMARKS)}.")
@click.argument("names", nargs=-1, type=click.Choice(list(BENCHMARKS)), metavar="[NAME]...")
@click.option(
    "--seconds",
    default=USUAL.seconds,
    show_default=True,
    type=click.FloatRange(0.1, 60),
    help="How long one measurement takes.",
)
@click.option(
    "--rounds",
    default=USUAL.rounds,
    show_default=True,
    type=click.IntRange(1, 100),
    help="How often each side is measured, in turn.",
)
@click.option(
    "--saves",
    default=USUAL.saves,
    show_default=True,
    type=click.IntRange(1, 1000),
    help="How many saves of each step, for the verdict; ten times as many to see what lasts.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(names: tuple[str, ...], seconds: float, rounds: int, saves: int, as_json: bool) -> None:
    """Measure, and print figures: ratios against something run in the same call.

    Without a NAME, everything is measured.
    """
    facts = machine()  # before the run: the load average must not include it
    errors = Console(stderr=True, highlight=False, markup=False)
    settings = Settings(seconds, rounds, saves, log=lambda text: errors.print(f"… {text}"))
    try:
        found = {name: BENCHMARKS[name](settings) for name in names or BENCHMARKS}
    except BenchmarkError as error:
        errors.print(str(error))
        sys.exit(2)
    if as_json:
        figures = {name: asdict(figures) for name, figures in found.items()}
        click.echo(json.dumps({"machine": facts, "figures": figures}, indent=2))
    else:
        show(facts, settings, found.values())


if __name__ == "__main__":
    main()
