"""A task is made, and awaited in the same turn of the loop.

check: test_together
says: 17 came, 10 was wanted
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
    answers = []
    for name, seconds in people.items():
        task = asyncio.create_task(ask(name, seconds))
        answers.append(await task)
    return answers


def main() -> None:
    """Ask all three, and print what they say."""
    for line in asyncio.run(ask_all(PEOPLE)):
        click.echo(line)


if __name__ == "__main__":
    main()
