"""A field that is missing is a KeyError, which is a 500.

check: test_bad_fields
says: 422, not 500
"""


def read_or_422(data: Mapping[str, object]) -> Mapping[str, str]:
    """Return the fields of a new post."""
    return {name: data[name] for name in ("title", "text", "owner")}
