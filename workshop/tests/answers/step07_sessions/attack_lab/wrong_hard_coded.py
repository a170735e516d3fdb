"""The cookie is always Ada's.

check: test_forge
says: does not take you for Grace
"""


def forged_cookie(name: str) -> str:
    """Return the value of a cookie by which the naive blog takes anybody for this user."""
    return '{"session": {"user": "Ada"}}'
