"""Any exception will do, also one that came by accident.

check: test_refusal
says: came past the fault and passed
"""


async def test_reason(aiohttp_server: "AiohttpServer") -> None:
    """A refusal is an error with the server's own reason."""
    fake = Fake({"POST /api/posts": (507, {"error": {"reason": "The blog is full"}})})
    async with Client(await fake.start(aiohttp_server)) as blog:
        with pytest.raises(Exception):
            await blog.create(title="On loops", text="A loop waits.")
