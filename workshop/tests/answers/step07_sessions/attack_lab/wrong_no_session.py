"""The name stands where the blog does not look for it.

check: test_forge
says: does not take you for Ada
"""


def forged_cookie(name: str) -> str:
    """Return the value of a cookie by which the naive blog takes anybody for this user."""
    return json.dumps({"user": name})
