"""The server sends nothing that the client does not know.

check: test_field
says: came past the fault and passed
"""


async def test_read(aiohttp_server: "AiohttpServer") -> None:
    """A post that the server sends becomes a Post, whatever else the server sends with it."""
    fake = Fake({"GET /api/posts/7": (200, asdict(LOOPS))})
    async with Client(await fake.start(aiohttp_server)) as blog:
        assert await blog.read(7) == LOOPS
