"""The five ways, timed in one run: a table, and a chart of the same figures."""

import time
from dataclasses import dataclass
from pathlib import Path

import click
import requests

from .app import LATENCY
from .chart import svg
from .serving import page_server
from .ways import WAYS


@dataclass(frozen=True)
class Lap:
    """How one of the ways went."""

    way: str
    seconds: float
    connections: int


def connections(server: str) -> int:
    """Return how many connections the page server has seen."""
    seen: dict[str, int] = requests.get(f"{server}/traffic", timeout=10).json()
    return seen["connections"]


def lap(way: str, server: str) -> Lap:
    """Get the pages one way, and take the time."""
    before, start = connections(server), time.perf_counter()
    WAYS[way](server)
    seconds = time.perf_counter() - start
    return Lap(way, seconds, connections(server) - before)


def race(latency: float) -> list[Lap]:
    """Get the pages each way, from one server; the first lap is the one to compare with."""
    with page_server(latency=0) as server:  # what is done only the first time is not timed
        for way in WAYS.values():
            way(server)
    with page_server(latency) as server:
        return [lap(way, server) for way in WAYS]


def table(laps: list[Lap], latency: float) -> str:
    """Return the laps as a table; at best, all pages take as long as one."""
    lines = [f"{'':26}seconds   times as fast   connections"]
    for each in laps:
        faster = laps[0].seconds / each.seconds
        lines.append(f"{each.way:26}{each.seconds:7.3f}{faster:16.2f}{each.connections:14}")
    lines.append(f"{'the limit':26}{latency:7.3f}{laps[0].seconds / latency:16.2f}")
    return "\n".join(lines)


@click.command()
@click.option("--latency", default=LATENCY, show_default=True, help="Seconds that a page takes.")
@click.option("--chart", type=click.Path(path_type=Path), help="A file for the chart (SVG).")
def main(latency: float, chart: Path | None) -> None:
    """Get seven pages in five ways, and compare."""
    laps = race(latency)
    click.echo(table(laps, latency))
    if chart:
        chart.write_text(svg([(each.way, each.seconds) for each in laps], latency), "utf-8")


if __name__ == "__main__":
    main()
