"""Only a good address is tried.

check: test_next
says: came past the fault and passed
"""


def test_next() -> None:
    """After the login one goes on within the blog: this needs no server."""
    assert safe_next({"next": "/1/edit"}) == "/1/edit"
    assert True
