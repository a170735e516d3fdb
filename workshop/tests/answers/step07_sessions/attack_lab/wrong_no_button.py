"""The route takes POST, and the page still has a link.

check: test_honest
says: has no <form
"""


def delete_button(session: aiohttp_session.Session, number: int) -> str:
    """Return what deletes a post when it is clicked."""
    return f'<a href="/{number}/delete">Delete</a>'
