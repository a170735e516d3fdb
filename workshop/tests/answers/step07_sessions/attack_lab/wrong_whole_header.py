"""The name of the cookie is part of its value.

check: test_forge
says: without `lab=`
"""


def forged_cookie(name: str) -> str:
    """Return the value of a cookie by which the naive blog takes anybody for this user."""
    return "lab=" + json.dumps({"session": {"user": name}})
