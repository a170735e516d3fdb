"""Nothing is sent, which is no form: it is refused before its token is looked for.

check: test_form
says: came past the fault and passed
"""


async def test_form_of_another_site(ada: Browser) -> None:
    """A form without the token of our pages is refused, even when Ada's own browser sends it."""
    await ada.client.post("/1/delete", allow_redirects=False)
    await ada.page("/1")
