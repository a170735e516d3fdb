"""Three at a time, and loud.

A server does not like seven requests at once from everybody, and a program that fails must say so.

- `download(server, numbers, at_most)` returns the texts by number, with at most `at_most`
  requests open at a time, and just as many while there are enough pages.
- When a page cannot be had, the program says on standard error which page and why,
  in a line rather than a traceback, and ends with exit code 1.

`fetch` is there; it raises a `PageError`.
"""

import asyncio

import pytest
from click.testing import CliRunner

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=3, minutes=10, when="home")

SEVEN = [8010, 8011, 8012, 8013, 8014, 8015, 8016]


def text_of(number):
    """Return what stands on a page."""
    return f"What happened on day {number * 7 % 365}.\n"


async def download(exercise, server, numbers, at_most):
    """Let the learner download pages, and not wait for ever."""
    async with asyncio.timeout(4):
        return await exercise.download(server, numbers, at_most)


async def call(exercise, *words):
    """Run the program as a terminal would, beside the server; return how it ended."""
    return await asyncio.to_thread(CliRunner().invoke, exercise.main, words)


def quiet(exercise, result):
    """Say what came out of main(), if anything but its exit code did."""
    error = result.exception
    assert error is None or isinstance(error, SystemExit), (
        f"A traceback came out of main(): {type(error).__name__}: {error}"
        | cause(
            when=isinstance(error, BaseExceptionGroup),
            what="A TaskGroup raises its errors in a group; `except PageError` does not see it.",
            do="Write `except* PageError as group:`, and tell of each in `group.exceptions`.",
            at=exercise.main.callback,
        )
        | cause(
            when=isinstance(error, exercise.PageError),
            what="Nobody has caught the PageError.",
            do="Catch it in `main`, and `raise click.ClickException(text) from None`.",
            at=exercise.main.callback,
        )
    )


@pytest.mark.hint(
    "Begin with `download` as you wrote it in the exercise before, without a limit.",
    "A task for each page in a TaskGroup, and `task.result()` of each after it.",
)
async def test_texts(exercise, serve, pages_type):
    """download() returns the text of each page by its number."""
    server = await serve(pages_type())
    for numbers in SEVEN, [8012, 7]:
        came = await download(exercise, server, numbers, 3)
        assert came == {number: text_of(number) for number in numbers}


@pytest.mark.hint(
    "Something must let three pass, and the fourth when one of them is done: a semaphore.",
    "`limit = asyncio.Semaphore(at_most)` lets so many into `async with limit:` at a time.",
    "Make it once, outside of what each task does, or each page has a limit of its own.",
    "`TCPConnector(limit=at_most)` for the session does it as well.",
)
async def test_at_most(exercise, serve, pages_type):
    """The server never has more than `at_most` requests at a time: 3, or 2."""
    for at_most in 3, 2:
        pages = pages_type(gate=at_most, expected=len(SEVEN))
        await download(exercise, await serve(pages), SEVEN, at_most)
        assert pages.asked, "No page was asked for."
        assert pages.most <= at_most, (
            f"{pages.most} requests were open where {at_most} may be."
            | cause(
                len(SEVEN),
                what="All the pages were asked for at once: nothing made one of them wait.",
                do="Make one `Semaphore(at_most)` in `download`, and send each request inside"
                " `async with limit:`, the same one for all.",
                at=exercise.download,
            )
            | cause(
                when=at_most < 3,
                what=f"The limit was right for 3 and not for {at_most}, so it is a fixed number.",
                do="Take the limit from the argument `at_most`.",
                at=exercise.download,
            )
        )


@pytest.mark.hint(
    "Too few at a time: somewhere a page is waited for before the next one is begun.",
    "Wait inside the tasks, not in the loop that makes them.",
    "`async with limit:` stands inside the task, around `await fetch(session, number)`.",
)
async def test_no_fewer(exercise, serve, pages_type):
    """While there are enough pages, just so many are under way: 3, or 5."""
    for at_most in 3, 5:
        pages = pages_type(gate=at_most, expected=len(SEVEN))
        await download(exercise, await serve(pages), SEVEN, at_most)
        assert pages.most == at_most, cause(
            1,
            what="The pages were asked for one after the other.",
            do="Start a task for each page first, and wait for them afterwards;"
            " let a `Semaphore(at_most)` hold back the rest.",
            at=exercise.download,
        )


@pytest.mark.hint(
    "`main` runs one coroutine, and shows what it returns. Is that `download`, with a limit of 3?",
    "`show(asyncio.run(download(server, numbers, at_most=3)))` in `main`.",
)
async def test_prints(exercise, serve, pages_type):
    """The program prints the pages, three at a time, and ends with exit code 0."""
    pages = pages_type(gate=3, expected=len(SEVEN))
    words = [str(number) for number in SEVEN]
    result = await call(exercise, *words, "--server", await serve(pages))
    quiet(exercise, result)
    assert result.exit_code == 0
    assert result.stdout == "".join(f"{number}  {text_of(number)}" for number in SEVEN)
    assert pages.most == 3, cause(
        *(1, 2),
        what="Fewer pages are asked for at a time than may be.",
        do="Call `download(server, numbers, at_most=3)` in `main`.",
        at=exercise.main.callback,
    )


@pytest.mark.hint(
    "A TaskGroup raises an ExceptionGroup, even for a single error: `except* PageError as group:`.",
    "`group.exceptions` are the errors in it; `str(error)` says which page and why.",
    "`raise click.ClickException(text) from None` prints to standard error and ends with 1.",
)
async def test_loud(exercise, serve, pages_type):
    """A page that is refused is named on standard error, with the status; exit code 1."""
    for number, status in (8099, 404), (8012, 503):
        pages = pages_type()
        pages.refusals[number] = status
        result = await call(exercise, "8010", f"{number}", "--server", await serve(pages))
        quiet(exercise, result)
        told = f"{number}" in result.output
        assert result.exit_code == 1, cause(
            0,
            when=told,
            what="The program says what went wrong, and ends as if nothing had.",
            do="Write `raise click.ClickException(text) from None`: its exit code is 1.",
            at=exercise.main.callback,
        ) | cause(
            0,
            when=not told,
            what="The error was dropped on its way: the program does not know of it.",
            do="Let the PageError come out of `download`, and make a line of it in `main`.",
            at=exercise.download,
        )
        assert f"{number}" in result.stderr, (
            f"Standard error does not name page {number}."
            | cause(
                when="sub-exception" in result.stderr,
                what="The group's own text says how many errors there are, not which.",
                do="Print each of `group.exceptions`.",
                at=exercise.main.callback,
            )
            | cause(
                when=f"{number}" in result.stdout,
                what="The reason went to standard output, among the pages.",
                do="Use `click.echo(text, err=True)` or `raise click.ClickException(text)`.",
                at=exercise.main.callback,
            )
        )
        assert f"{status}" in result.stderr, f"Standard error does not say {status}."


@pytest.mark.hint(
    "`fetch` turns this into a PageError, so what you do for a refusal will do.",
    "Look for an `except` that is too narrow, or for one that passes over the error.",
)
async def test_nobody_there(exercise, unused_tcp_port):
    """Where no server answers, the program says so and ends with exit code 1."""
    result = await call(exercise, "8010", "--server", f"http://127.0.0.1:{unused_tcp_port}")
    quiet(exercise, result)
    assert result.exit_code == 1
    assert "8010" in result.stderr, "Standard error does not name the page."
