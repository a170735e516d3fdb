"""`gather` makes the tasks and returns the answers in order."""


async def ask_all(people: dict[str, float]) -> list[str]:
    """Ask all of them at the same time; return their answers, in order."""
    return await asyncio.gather(*(ask(name, seconds) for name, seconds in people.items()))
