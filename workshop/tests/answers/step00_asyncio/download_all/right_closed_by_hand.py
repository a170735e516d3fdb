"""The session is closed in `finally`; the pages are a list; the error has a note."""

PAGES = [8010, 8011, 8012, 8013, 8014, 8015, 8016]


async def fetch(session: ClientSession, number: int) -> str:
    """Return the text of a page; raise an error when the server refuses."""
    response = await session.get(f"/pages/{number}")
    try:
        response.raise_for_status()
        return await response.text()
    except Exception as error:
        error.add_note(f"page {number}")
        raise
    finally:
        response.release()


async def download(server: str, numbers: Iterable[int]) -> dict[int, str]:
    """Return the texts of the pages by their numbers."""
    session = ClientSession(server, timeout=TIMEOUT)
    try:
        tasks = {number: asyncio.create_task(fetch(session, number)) for number in numbers}
        return {number: await task for number, task in tasks.items()}
    finally:
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
        await session.close()
