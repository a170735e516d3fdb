"""`asyncio.run` is called where a loop runs already.

check: test_answers
says: running event loop
"""


async def ask_all(people: dict[str, float]) -> list[str]:
    """Ask all of them at the same time; return their answers, in order."""
    return [asyncio.run(ask(name, seconds)) for name, seconds in people.items()]
