"""Find what blocks.

Each page is fetched, packed and put on the disk, in a task of its own.
Still, whenever one of them works, all the others stand still.

Some lines of `keep()` call what takes long and never awaits anything.
Find them, and let a thread do that work. What is kept stays the same, and an error still comes out.

`python -X dev -m exercises.step00_asyncio.blocking_call` tells which tasks held up the loop.
"""

import asyncio
import lzma

import pytest

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=4, minutes=8, when="home")
WRITTEN = "put, folder, number, packed"
"""What a thread is given, to write a page."""


@pytest.fixture(autouse=True)
def _small(exercise, monkeypatch, swap):
    """Let there be less to pack, and no server to wait for."""
    monkeypatch.setattr(exercise, "pack", lambda text: lzma.compress(text.encode()))
    wait = asyncio.sleep
    swap(asyncio, sleep=lambda seconds, result=None: wait(0, result))


@pytest.fixture
def folder(data):
    """Where the pages go."""
    data.mkdir()
    return data


def waited_for(exercise, slow, words):
    """Say what to do where a thread works, and the loop waits for it."""
    return cause(
        when=slow.trouble.startswith("runs in a thread"),
        what="A thread does the work, and the event loop waits until it has ended.",
        do=f"Write `await asyncio.to_thread({words})`: while it is awaited, the loop goes on.",
        at=exercise.keep,
    )


def unpacked(path):
    """Return what is in a file; None of one that is not written to its end yet."""
    try:
        return lzma.decompress(path.read_bytes())
    except lzma.LZMAError:
        return None


async def keep(exercise, folder, *numbers):
    """Let the learner keep pages, and not wait for ever."""
    async with asyncio.timeout(4):
        return await exercise.keep_all(folder, numbers)


@pytest.mark.hint(
    "Packing computes for a long time. `async def` around it would not change that.",
    "`await asyncio.to_thread(pack, text)`: the function and its argument, with a comma between.",
)
async def test_pack(exercise, folder, monkeypatch, slow):
    """While a page is packed, the loop goes on."""
    pack = slow(exercise.pack)
    monkeypatch.setattr(exercise, "pack", pack)
    await keep(exercise, folder, 8010, 8011)
    assert pack.calls, "pack() was not called."
    assert not pack.trouble, f"pack() {pack.trouble}." | waited_for(exercise, pack, "pack, text")


@pytest.mark.hint(
    "A disk can be slow. Its functions cannot be awaited either.",
    "`await asyncio.to_thread(put, folder, number, packed)`.",
)
async def test_put(exercise, folder, monkeypatch, slow):
    """While a page is written to the disk, the loop goes on."""
    put = slow(exercise.put)
    monkeypatch.setattr(exercise, "put", put)
    await keep(exercise, folder, 8010, 8011)
    assert put.calls, "put() was not called." | cause(
        what="Nobody calls put(), or nobody waits for the thread that is about to.",
        do=f"`await asyncio.to_thread({WRITTEN})`.",
        at=exercise.keep,
    )
    assert not put.trouble, f"put() {put.trouble}." | waited_for(exercise, put, WRITTEN)


@pytest.mark.hint(
    "`to_thread` gives a coroutine: without `await` nothing is done, and nothing comes back.",
    "A page is packed before it is written: `await` the one, then the other.",
)
async def test_keeps(exercise, folder):
    """When keep_all() returns, every page is in the folder, and a line tells of each."""
    lines = await keep(exercise, folder, 8010, 8012, 8016)
    early = {
        "what": "keep_all() returned before all pages were written.",
        "do": "`await` each `asyncio.to_thread(…)`: without it nobody waits for the disk.",
        "at": exercise.keep,
    }
    found = {path.stem: unpacked(path) for path in folder.glob("*.xz")}
    assert sorted(found) == ["8010", "8012", "8016"], "These pages are in the folder." | cause(
        lambda came: len(came) < 3, **early
    )
    for number, text in found.items():
        assert text is not None, f"{number}.xz is not whole." | cause(**early)
        assert text.startswith(f"Page {number} ".encode()), f"{number}.xz has another text."
    sizes = {path.stem: path.stat().st_size for path in folder.glob("*.xz")}
    assert lines == [f"{number}: {sizes[number]} bytes" for number in ("8010", "8012", "8016")]


@pytest.mark.hint(
    "Who starts a thread and does not await it never hears of its error.",
    "Await each `to_thread(...)`, and catch nothing.",
)
async def test_error(exercise, folder, monkeypatch):
    """A full disk is an error that comes out of keep_all()."""

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exercise, "put", full)
    came = "nothing"
    try:
        came = await keep(exercise, folder, 8010, 8011)
    except* OSError:
        came = None
    assert came is None, f"The disk is full, and keep_all() gave {came!r}." | cause(
        what="A thread's error comes out where the thread is awaited. Nobody awaits this one, or"
        " the error is caught.",
        do=f"`await asyncio.to_thread({WRITTEN})`, and catch nothing.",
        at=exercise.keep,
    )
