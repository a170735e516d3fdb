"""The words are there; programs find nothing.

check: test_time_element
says: each with its datetime and its words
"""


def day(value: date | None) -> str:
    """Return the <time> element of a day, or a word where there is no day."""
    if value is None:
        return "no date"
    words = f"{value.day} {value:%B %Y}"
    return words
