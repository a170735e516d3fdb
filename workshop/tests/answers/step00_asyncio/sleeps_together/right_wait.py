"""`asyncio.wait`, with tasks; each result is asked for."""


async def ask_all(people: dict[str, float]) -> list[str]:
    """Ask all of them at the same time; return their answers, in order."""
    tasks = [asyncio.create_task(ask(*each)) for each in people.items()]
    if tasks:
        await asyncio.wait(tasks)
    return [task.result() for task in tasks]
