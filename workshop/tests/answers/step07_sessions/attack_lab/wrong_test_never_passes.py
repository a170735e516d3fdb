"""The test wants a 403, though a stranger may read.

check: test_cookie
says: but your test says that it works
"""


async def test_forged_cookie(client: TestClient[Any, Any]) -> None:
    """Your attack, as a test: whoever made their own cookie is a stranger."""
    response = await client.get("/", cookies={"lab": forged_cookie("Ada")})
    page = await response.text()
    assert response.status == 403
