"""The change to the database is not committed, so the blog does not see it.

check: test_right
says: test_a_login_ends
"""


async def test_a_login_ends(ada: Browser, db: aiosqlite.Connection) -> None:
    """A login lasts two weeks; an old one is none."""
    await db.execute("UPDATE logins SET since = since - 15 * 24 * 3600")
    assert "Log in" in await ada.page("/")
