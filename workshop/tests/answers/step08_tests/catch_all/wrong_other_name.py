"""A name that is free can be had in both blogs.

check: test_right
says: test_a_name_that_is_taken fails
"""


async def test_a_name_that_is_taken(client: Client) -> None:
    """Nobody can join under the name of somebody else."""
    response = await Browser(client).send("/join", name="Alan", password=PASSWORD)
    assert response.status == 409
