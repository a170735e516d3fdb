"""The values go into the database as they come; it refuses a null, with a 500.

check: test_bad_values
says: title: null must be refused
"""


def read_changes(data: Mapping[str, object]) -> dict[str, str]:
    """Return the fields that are to change."""
    if not data or not data.keys() <= SQL.keys():
        raise ValueError("Send title or text, and nothing else")
    return {name: data[name] for name in data}
