"""An object without any field is answered as if something had been changed.

check: test_other_fields
says: {} must be refused
"""


def read_changes(data: Mapping[str, object]) -> dict[str, str]:
    """Return the fields that are to change; raises ValueError, which says what is wrong."""
    if not data.keys() <= SQL.keys():
        raise ValueError(f"Send {' or '.join(SQL)}, and nothing else")
    return {name: text_of(data, name, LIMITS[name]) for name in data}
