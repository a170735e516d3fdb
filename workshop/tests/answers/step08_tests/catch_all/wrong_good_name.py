"""A good name of a file stays what it is, here and there.

check: test_file
says: came past the fault and passed
"""


def test_safe_name() -> None:
    """The name of a file leads nowhere."""
    assert safe_name("talk.pdf") == "talk.pdf"
