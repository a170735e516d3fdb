"""`return_exceptions=True` puts the error among the answers.

check: test_error
says: Merlin's error is lost
"""


async def ask_all(people: dict[str, float]) -> list[str]:
    """Ask all of them at the same time; return their answers, in order."""
    waits = [ask(name, seconds) for name, seconds in people.items()]
    return await asyncio.gather(*waits, return_exceptions=True)
