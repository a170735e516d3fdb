"""The test asks for what the attacker wants, so it passes when the attack works.

check: test_your_test
says: Your test passes
"""


async def test_forged_cookie(client: TestClient[Any, Any]) -> None:
    """Your attack, as a test: whoever made their own cookie is a stranger."""
    response = await client.get("/", cookies={"lab": forged_cookie("Ada")})
    page = await response.text()
    assert "Hello, Ada" in page
