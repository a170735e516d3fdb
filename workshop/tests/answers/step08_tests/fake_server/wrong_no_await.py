"""read() is not awaited, so a coroutine is compared.

check: test_right
says: Put `await` before the call
"""


async def test_read(aiohttp_server: "AiohttpServer") -> None:
    """A post that the server sends becomes a Post, whatever else the server sends with it."""
    fake = Fake({"GET /api/posts/7": (200, asdict(LOOPS) | {"likes": 5})})
    async with Client(await fake.start(aiohttp_server)) as blog:
        assert blog.read(7) == LOOPS
