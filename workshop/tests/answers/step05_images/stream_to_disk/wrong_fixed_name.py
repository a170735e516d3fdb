"""Every file gets the same name.

check: test_keeps_it
says: talk.pdf
"""


def safe_name(name: str) -> str:
    """Return a name for a file that stays in its folder: letters, digits, dot, dash, underscore."""
    return "file"
