"""The cookie is a dictionary, not a text.

check: test_forge
says: must return a text
"""


def forged_cookie(name: str) -> str:
    """Return the value of a cookie by which the naive blog takes anybody for this user."""
    return {"session": {"user": name}}
