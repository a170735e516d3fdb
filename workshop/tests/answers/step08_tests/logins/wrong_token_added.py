"""The form is sent with the token of our pages.

check: test_right
says: test_form_of_another_site fails
"""


async def test_form_of_another_site(ada: Browser) -> None:
    """A form without the token of our pages is refused, even when Ada's own browser sends it."""
    response = await ada.send("/1/delete")
    assert response.status == 403
    await ada.page("/1")
