"""The body is not awaited, so a coroutine is compared.

check: test_right
says: Put `await` before the call
"""


async def test_read(client: Client) -> None:
    """A post comes whole, and it is the one that was asked for."""
    response = await client.get("/api/posts/2")
    assert response.status == 200
    assert response.json() == {
        "id": 2,
        "title": "A moth in relay 70",
        "text": "The first bug found.",
        "owner": "Grace",
        "editor": "Grace",
    }
