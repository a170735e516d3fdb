"""The coroutines are made and never awaited.

check: test_answers
says: coroutine
"""


async def ask_all(people: dict[str, float]) -> list[str]:
    """Ask all of them at the same time; return their answers, in order."""
    return [ask(name, seconds) for name, seconds in people.items()]
