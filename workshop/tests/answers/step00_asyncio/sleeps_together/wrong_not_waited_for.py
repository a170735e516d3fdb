"""The tasks are started, and nobody waits until they are done.

check: test_answers
says: Result is not set
"""


async def ask_all(people: dict[str, float]) -> list[str]:
    """Ask all of them at the same time; return their answers, in order."""
    tasks = [asyncio.create_task(ask(name, seconds)) for name, seconds in people.items()]
    return [task.result() for task in tasks]
