"""Ada changes a post that is her own.

check: test_owner
says: came past the fault and passed
"""


async def test_not_yours(ada: Browser) -> None:
    """Ada cannot change what Grace wrote."""
    response = await ada.send("/1/edit", title="Mine", text="Mine, too.")
    assert response.status == 303
