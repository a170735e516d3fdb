"""Tasks by hand: all are made first, then awaited one after the other."""


async def ask_all(people: dict[str, float]) -> list[str]:
    """Ask all of them at the same time; return their answers, in order."""
    tasks = [asyncio.create_task(ask(name, seconds)) for name, seconds in people.items()]
    answers = []
    for task in tasks:
        answers.append(await task)
    return answers
