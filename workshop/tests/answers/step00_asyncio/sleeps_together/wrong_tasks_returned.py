"""The tasks come back, not what they returned.

check: test_answers
says: Task finished
"""


async def ask_all(people: dict[str, float]) -> list[str]:
    """Ask all of them at the same time; return their answers, in order."""
    async with asyncio.TaskGroup() as group:
        return [group.create_task(ask(name, seconds)) for name, seconds in people.items()]
