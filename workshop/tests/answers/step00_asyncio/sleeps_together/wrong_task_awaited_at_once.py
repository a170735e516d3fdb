"""A task is made, and awaited in the same turn of the loop.

check: test_together
says: 17 came, 10 was wanted
"""


async def ask_all(people: dict[str, float]) -> list[str]:
    """Ask all of them at the same time; return their answers, in order."""
    answers = []
    for name, seconds in people.items():
        task = asyncio.create_task(ask(name, seconds))
        answers.append(await task)
    return answers
