"""The ValueError of `read_new` is not caught.

check: test_bad_fields
says: 422, not 500
"""


def read_or_422(data: Mapping[str, object]) -> Mapping[str, str]:
    """Return the fields of a new post."""
    return read_new(data)
