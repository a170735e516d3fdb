"""The test looks at the status, which is 200 on the naive blog as well.

check: test_your_test
says: Your test passes
"""


async def test_forged_cookie(client: TestClient[Any, Any]) -> None:
    """Your attack, as a test: whoever made their own cookie is a stranger."""
    response = await client.get("/", cookies={"lab": forged_cookie("Ada")})
    page = await response.text()
    assert response.status == 200
