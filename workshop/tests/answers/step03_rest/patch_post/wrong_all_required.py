"""Every field must come, as if it were PUT.

check: test_changes_what_came
says: 422 came, 200 was wanted
"""


def read_changes(data: Mapping[str, object]) -> dict[str, str]:
    """Return the fields that are to change."""
    return {name: text_of(data, name, LIMITS[name]) for name in SQL}
