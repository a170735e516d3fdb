"""The small programs: what comes in which order, and which thread does the slow work."""

import asyncio
import threading

import pytest

from . import blocking, deadline, in_thread, in_turn, together, waits

QUICK = {"8010": 0.02, "8011": 0.03, "8012": 0.01}
IN_TURN = [f"{page} {what}" for page in QUICK for what in ("asked for", "is here")]
TOGETHER = [f"{page} asked for" for page in QUICK] + [f"{p} is here" for p in (8012, 8010, 8011)]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for hundredths of a second."""
    for program in waits, in_turn, together, blocking, in_thread, deadline:
        monkeypatch.setattr(program, "WAITS", QUICK)


def test_in_turn(capsys: pytest.CaptureFixture[str]) -> None:
    """A page is asked for when the one before is here."""
    asyncio.run(in_turn.main())
    assert capsys.readouterr().out.splitlines() == IN_TURN


def test_together(capsys: pytest.CaptureFixture[str]) -> None:
    """All are asked for before the first is here, and the quickest comes first."""
    asyncio.run(together.main())
    assert capsys.readouterr().out.splitlines() == TOGETHER


def test_blocking(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The disk is waited for in the loop's own thread, so no other page comes before it is done."""
    here: list[int] = []

    def save(page: str) -> None:
        here.append(threading.get_ident())
        assert "is here" not in capsys.readouterr().out

    monkeypatch.setattr(blocking, "save", save)
    asyncio.run(blocking.main())
    assert here == [threading.get_ident()]


def test_in_thread(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """In a thread, saving may take until both other pages are here."""
    both, here = threading.Barrier(3), list[bool]()

    async def fetch(page: str, seconds: float) -> None:
        await asyncio.to_thread(both.wait, 5)

    def save(page: str) -> None:
        both.wait(5)
        here.append(threading.current_thread() is threading.main_thread())

    monkeypatch.setattr(in_thread, "fetch", fetch)
    monkeypatch.setattr(in_thread, "save", save)
    asyncio.run(in_thread.main())
    assert here == [False]


def test_deadline(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What is not done in time is cancelled, and says so."""
    never = {"8010": 3600, "8011": 3600, "8012": 0}
    monkeypatch.setattr(deadline, "WAITS", never)
    asyncio.run(deadline.main())
    first, *given_up, last = capsys.readouterr().out.splitlines()
    assert (first, last) == ("8012 is here", "Time is up.")
    assert sorted(given_up) == ["8010 given up", "8011 given up"]
