"""Download all seven pages.

The page server has the pages 8010 to 8016 under `/pages/8010` and so on.

- `PAGES` holds these seven numbers.
- `download(server, numbers)` returns the texts as a dictionary, by number.
- It asks for all pages at the same time, with one session, which it closes.
- A page that the server refuses is an error that names the page. Nothing is kept of a refusal.

To see it at work, start `python -m steps.step00_asyncio.app` in another terminal.
"""

import asyncio

import aiohttp
import pytest

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=2, minutes=7, when="room")

SEVEN = [8010, 8011, 8012, 8013, 8014, 8015, 8016]


def text_of(number):
    """Return what stands on a page."""
    return f"What happened on day {number * 7 % 365}.\n"


async def download(exercise, server, numbers):
    """Let the learner download pages, and not wait for ever."""
    async with asyncio.timeout(3):
        return await exercise.download(server, numbers)


def leaves(error):
    """Yield the errors in a group, or the error itself."""
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from leaves(inner)
    else:
        yield error


@pytest.mark.hint(
    "A range ends before its second number.",
    "`range(8010, 8017)`; so does a list of all seven.",
)
def test_pages(exercise):
    """PAGES are the seven numbers from 8010 to 8016."""
    assert list(exercise.PAGES) == SEVEN, cause(
        SEVEN[:-1],
        what="A range ends before its second number, so 8016 is missing.",
        do="Write `range(8010, 8017)`.",
        at="PAGES =",
    )


@pytest.mark.hint(
    'In `fetch`: `async with session.get(f"/pages/{number}") as response:`.',
    "The text has still to come: `await response.text()`.",
    "`ClientSession(server)` makes a session to which you give paths only.",
    "Keep the tasks in a dictionary by number; after the group take `task.result()` of each.",
)
async def test_texts(exercise, serve, pages_type):
    """download() returns the text of each page by its number."""
    server = await serve(pages_type())
    for numbers in [8012], [8016, 8010, 7]:
        came = await download(exercise, server, numbers)
        assert came == {number: text_of(number) for number in numbers}, cause(
            lambda came: any(map(asyncio.iscoroutine, came.values())),
            what="These are coroutines: the text of a page has still to come.",
            do="Write `await response.text()`.",
            at=".text()",
        ) | cause(
            lambda came: any(isinstance(one, asyncio.Task) for one in came.values()),
            what="These are the tasks, not what they returned.",
            do="Take `task.result()` of each, below the block of the group.",
            at=exercise.download,
        )


@pytest.mark.hint(
    "A refusal comes back as any other answer, with a text. Its status says what it is.",
    "`response.raise_for_status()` raises an error for 400 and above; the address is in it.",
)
async def test_refusal(exercise, serve, pages_type):
    """A page that the server refuses, with 404 or 503, is an error that names the page."""
    for number, status in (8012, 404), (8014, 503):
        pages = pages_type()
        pages.refusals[number] = status
        server = await serve(pages)
        raised = None
        try:
            came = await download(exercise, server, SEVEN)
        except Exception as error:
            raised = error
        assert raised, (
            f"Page {number} was refused with {status}, and download() gave {came!r:.70}"
            | cause(
                when=number in (came or ()),
                what=f"What the server said with its {status} was kept as if it were the page.",
                do="Call `response.raise_for_status()` before you read the text.",
                at=exercise.fetch,
            )
            | cause(
                when=number not in (came or ()),
                what="The error was caught, and the page left out.",
                do="Let it come out of `download`: no `except`, no `return_exceptions=True`.",
                at=exercise.download,
            )
        )
        words = " ".join(f"{leaf} {getattr(leaf, '__notes__', '')}" for leaf in leaves(raised))
        assert str(number) in words, (
            f"The error must name page {number}; it says: {words!r}"
            | cause(
                what="The error has neither the number nor the address of the page.",
                do="Put the number into its text; `response.raise_for_status()` tells the address.",
                at=exercise.fetch,
            )
        )


@pytest.mark.hint(
    "`await fetch(...)` in a loop asks for the next page when this one is there.",
    "Make a task for each page, in a TaskGroup inside the block of the session.",
)
async def test_at_once(exercise, serve, pages_type):
    """The server has all seven requests at the same time."""
    pages = pages_type(gate=7)
    await download(exercise, await serve(pages), SEVEN)
    assert pages.most == 7, cause(
        1,
        what="Each page is waited for before the next one is asked for.",
        do="Make a task for each page in a `TaskGroup`, and take the results after it.",
        at=exercise.download,
    )
    assert sorted(pages.asked) == SEVEN, "Each page is asked for once."


@pytest.mark.hint(
    "A session is no function of the library: it keeps connections, so make one for all pages.",
    "`async with ClientSession(server) as session:` around the group, not inside `fetch`.",
)
async def test_one_session(exercise, serve, pages_type, swap):
    """One session is made for all pages, and it is closed at the end."""
    made = []

    def session(*args, **options):
        made.append(aiohttp.ClientSession(*args, **options))
        return made[-1]

    swap(aiohttp, ClientSession=session)
    await download(exercise, await serve(pages_type()), SEVEN)
    assert made, "No session was made."
    assert len(made) == 1, f"{len(made)} sessions were made for seven pages." | cause(
        what="A session is made for more than one page at a time.",
        do="Make it in `download`, around the group, and give it to each `fetch`.",
        at="ClientSession(",
    )
    assert made[0].closed, "The session is still open." | cause(
        what="Nobody closes the session.",
        do="Write `async with ClientSession(server) as session:` around all that needs it.",
        at="ClientSession(",
    )
