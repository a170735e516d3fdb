"""What stands in the block below the call that raises never runs.

check: test_reason
says: came past the fault and passed
"""


async def test_reason(aiohttp_server: "AiohttpServer") -> None:
    """A refusal is an error with the server's own reason."""
    fake = Fake({"POST /api/posts": (507, {"error": {"reason": "The blog is full"}})})
    async with Client(await fake.start(aiohttp_server)) as blog:
        with pytest.raises(RefusedError) as caught:
            await blog.create(title="On loops", text="A loop waits.")
            assert (caught.value.status, caught.value.reason) == (507, "The blog is full")
