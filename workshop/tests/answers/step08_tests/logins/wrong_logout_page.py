"""The page after the logout is a visitor's, but the token still works.

check: test_logout
says: came past the fault and passed
"""


async def test_logout(ada: Browser) -> None:
    """After the logout its token is worth nothing."""
    await ada.send("/logout")
    assert "Log in" in await ada.page("/")
