"""Makes the pictures and the table of this page: python -m docs.step00_asyncio.pictures.

Each shows one run. Make them on a quiet machine.
"""

import asyncio
from pathlib import Path

from steps.step00_asyncio import blocking, chart, in_thread, in_turn, picture, race, together
from steps.step00_asyncio.app import LATENCY
from steps.step00_asyncio.watching import recording

HERE = Path(__file__).parent
TITLES = {
    in_turn: "In turn: three waits, one after the other",
    together: "Together: three waits at the same time",
    blocking: "One blocking call holds up all three",
    in_thread: "The slow work in a thread: the others go on",
}
SECONDS = 0.65
"""All time lines have one scale, so that they can be compared."""


def main() -> None:
    """Run each program, then the race, and write what there was to see."""
    for program, title in TITLES.items():
        with recording() as timeline:
            asyncio.run(program.main())
        name = program.__name__.rpartition(".")[2]
        text = picture.svg(timeline, name, title, SECONDS)
        (HERE / f"{name}.svg").write_text(text, encoding="utf-8")
    laps = race.race(LATENCY)
    (HERE / "race.txt").write_text(f"{race.table(laps, LATENCY)}\n", encoding="utf-8")
    figures = [(lap.way, lap.seconds) for lap in laps]
    (HERE / "race.svg").write_text(chart.svg(figures, LATENCY), encoding="utf-8")


if __name__ == "__main__":
    main()
