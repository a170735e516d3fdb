"""The script stands in the title, which another template shows.

check: test_script
says: came past the fault and passed
"""


async def test_markup_stays_text(ada: Browser) -> None:
    """A script in a text is shown, not run."""
    await ada.send("/new", title="<script>alert(1)</script>", text="Attack")
    assert "<script>alert" not in await ada.page("/3")
