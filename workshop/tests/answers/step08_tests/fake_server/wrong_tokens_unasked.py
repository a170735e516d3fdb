"""Nobody looks at the tokens.

check: test_token
says: came past the fault and passed
"""


async def test_token(aiohttp_server: "AiohttpServer") -> None:
    """After the login each request carries the token that the server gave."""
    fake = Fake(
        {
            "POST /api/login": (201, {"token": "abc"}),
            "PATCH /api/posts/7": (200, asdict(LOOPS)),
        }
    )
    async with Client(await fake.start(aiohttp_server)) as blog:
        await blog.login("Ada", "it weaves flowers")
        await blog.update(7, title="On loops")
    assert fake.asked == ["POST /api/login", "PATCH /api/posts/7"]
