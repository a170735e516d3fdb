"""Each wait is awaited before the next one begins.

check: test_together
says: 17 came, 10 was wanted
"""


async def ask_all(people: dict[str, float]) -> list[str]:
    """Ask all of them at the same time; return their answers, in order."""
    return [await ask(name, seconds) for name, seconds in people.items()]
