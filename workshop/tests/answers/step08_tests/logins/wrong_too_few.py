"""It expects to have to wait too early.

check: test_right
says: test_guessing fails
"""


async def test_guessing(program: Client) -> None:
    """Whoever has guessed too often has to wait, even with the right password."""
    for _ in range(TRIES // 2):
        await program.post("/api/login", json=WRONG)
    response = await program.post("/api/login", json=RIGHT)
    assert response.status == 429
