"""Whoever is first stands first.

check: test_answers
says: in the order of the dictionary
"""


async def ask_all(people: dict[str, float]) -> list[str]:
    """Ask all of them at the same time; return their answers, in order."""
    waits = [ask(name, seconds) for name, seconds in people.items()]
    return [await done for done in asyncio.as_completed(waits)]
