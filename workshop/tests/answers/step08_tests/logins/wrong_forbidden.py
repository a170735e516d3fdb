"""Whoever is not known is answered 401, not 403.

check: test_right
says: test_wrong_password fails
"""


async def test_wrong_password(program: Client) -> None:
    """Whoever does not know the password does not get in."""
    response = await program.post("/api/login", json=WRONG)
    assert response.status == 403
