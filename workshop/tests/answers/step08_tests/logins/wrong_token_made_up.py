"""A wrong token is refused by both blogs; here none is sent.

check: test_form
says: came past the fault and passed
"""


async def test_form_of_another_site(ada: Browser) -> None:
    """A form without the token of our pages is refused, even when Ada's own browser sends it."""
    response = await ada.client.post("/1/delete", data={"csrf": "made up"}, allow_redirects=False)
    assert response.status == 403
    await ada.page("/1")
