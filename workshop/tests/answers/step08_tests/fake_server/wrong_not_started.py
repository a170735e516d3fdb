"""The fake is not started, so the client gets a coroutine for an address.

check: test_right
says: TypeError
"""


async def test_read(aiohttp_server: "AiohttpServer") -> None:
    """A post that the server sends becomes a Post, whatever else the server sends with it."""
    fake = Fake({"GET /api/posts/7": (200, asdict(LOOPS) | {"likes": 5})})
    async with Client(fake.start(aiohttp_server)) as blog:
        assert await blog.read(7) == LOOPS
