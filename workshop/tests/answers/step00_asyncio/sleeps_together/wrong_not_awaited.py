"""The coroutines are made and never awaited.

check: test_answers
says: coroutine
"""

import asyncio

import click

PEOPLE = {"Ada": 2.0, "Grace": 10.0, "Alan": 5.0}
"""How long they think (seconds)."""


async def ask(name: str, seconds: float) -> str:
    """Ask somebody, and wait for the answer."""
    if seconds < 0:
        raise ValueError(f"{name} cannot answer before being asked")
    await asyncio.sleep(seconds)
    return f"{name} answered after {seconds:g} s"


async def ask_all(people: dict[str, float]) -> list[str]:
    """Ask all of them at the same time; return their answers, in order."""
    return [ask(name, seconds) for name, seconds in people.items()]


def main() -> None:
    """Ask all three, and print what they say."""
    for line in asyncio.run(ask_all(PEOPLE)):
        click.echo(line)


if __name__ == "__main__":
    main()
