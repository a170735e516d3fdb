"""A form that is never sent.

check: test_right
says: was not awaited
"""


async def test_form_of_another_site(ada: Browser) -> None:
    """A form without the token of our pages is refused, even when Ada's own browser sends it."""
    response = ada.client.post("/1/delete", data={}, allow_redirects=False)
    assert response.status == 403
    await ada.page("/1")
