"""Fields that cannot be changed are passed over in silence.

check: test_other_fields
says: {"owner": "Alan"} must be refused
"""


def read_changes(data: Mapping[str, object]) -> dict[str, str]:
    """Return the fields that are to change."""
    return {name: text_of(data, name, LIMITS[name]) for name in SQL if name in data}
