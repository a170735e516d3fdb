"""Whoever guesses tries another password each time, and each is shorter than any can be."""


async def test_guessing(program: Client) -> None:
    """Whoever has guessed too often has to wait, even with the right password."""
    for number in range(TRIES):
        await program.post("/api/login", json={"name": "Ada", "password": f"{number}"})
    response = await program.post("/api/login", json=RIGHT)
    assert response.status == 429
