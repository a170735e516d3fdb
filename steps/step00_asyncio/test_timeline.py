"""The time line notes what happened, changes nothing of it, and can be read and drawn."""

import asyncio
from xml.etree import ElementTree as ET

import click
import pytest

from .drawing import show, text
from .picture import svg
from .timeline import Span, Timeline
from .watching import CURRENT, recording, watched

STORY = Timeline(
    [
        Span("8010", "runs", 0.0, 0.0),
        Span("8010", "waits", 0.0, 0.12),
        Span("8010", "blocks", 0.12, 0.2),
        Span("<b>", "waits", 0.05, 0.1),
    ]
)


class Hand:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_runs_waits_blocks() -> None:
    """A short stretch of work runs, a long one blocks, and in between it waits."""
    hand = Hand()
    line, done = Timeline(clock=hand), asyncio.Event()

    async def work() -> str:
        hand.now += 0.01
        await done.wait()
        hand.now += 0.25
        return "packed"

    async with asyncio.TaskGroup() as group:
        task = group.create_task(line.watch("8010", work()))
        await asyncio.sleep(0)
        hand.now += 1
        done.set()
    assert task.result() == "packed"
    kinds = [(span.kind, round(span.begin, 2), round(span.end, 2)) for span in line.spans]
    assert kinds == [("runs", 0.0, 0.01), ("waits", 0.01, 1.01), ("blocks", 1.01, 1.26)]


async def test_errors_and_cancelling_pass() -> None:
    """What is raised inside comes out, and a cancelled wait is cancelled inside."""
    tidied: list[str] = []

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            tidied.append("yes")

    task = asyncio.create_task(Timeline().watch("8010", wait()))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert tidied == ["yes"]

    async def fail() -> None:
        await asyncio.sleep(0)
        raise ValueError("no such page")

    with pytest.raises(ValueError, match="no such page"):
        await Timeline().watch("8010", fail())


async def test_only_while_recording() -> None:
    """A watched function works without a recording, and two recordings do not mix."""

    @watched
    async def fetch(page: str) -> str:
        await asyncio.sleep(0)
        return page

    assert await fetch("8010") == "8010"
    with recording() as outer:
        await fetch("8011")
        with recording() as inner:
            await fetch("8012")
    assert (outer.rows, inner.rows, CURRENT.get()) == (["8011"], ["8012"], None)


def test_text() -> None:
    """A column is a hundredth of a second; what blocks is seen."""
    assert text(STORY).splitlines() == [
        "      0.0       0.1       0.2 s",
        "8010  #-----------XXXXXXXXX",
        "<b>        ------",
        "runs #   waits -   blocks the loop X",
    ]
    assert text(Timeline()).splitlines()[0].split() == ["0.0", "s"]


def test_picture() -> None:
    """The picture is XML that says in words what it shows, and takes no name for markup."""
    root = ET.fromstring(svg(STORY, "story", "A story & its end", until=0.5))  # noqa: S314 - ours
    words = "".join(root.itertext())
    assert "A story & its end" in words
    assert "8010 blocks the loop from 0.12 to 0.20 seconds." in words
    assert "<b>" in words
    kinds = [part.get("class") for part in root if part.tag.endswith("rect")]
    assert sorted(filter(None, kinds)) == ["blocks", "runs", "still", "waits", "waits"]
    assert "8010" not in svg(Timeline(), "empty", "Nothing")


def test_show(capsys: pytest.CaptureFixture[str]) -> None:
    """`show` runs a program and prints its time line below what it prints."""

    async def main() -> None:
        click.echo("at work")

    show(main())
    assert capsys.readouterr().out.startswith("at work\n\n  0.0 s\n")
