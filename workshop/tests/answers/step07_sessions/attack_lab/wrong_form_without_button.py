"""The form has no button, so nobody can send it.

check: test_honest
says: has no button
"""


def delete_button(session: aiohttp_session.Session, number: int) -> str:
    """Return what deletes a post when it is clicked."""
    return form(session, f"/{number}/delete", "Delete")
