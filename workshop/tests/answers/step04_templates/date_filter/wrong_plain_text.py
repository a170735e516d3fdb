"""The filter returns text, so its element is escaped and shown.

check: test_time_element
says: an element `<time>`
"""


def day(value: date | None) -> str:
    """Return the <time> element of a day, or a word where there is no day."""
    if value is None:
        return "no date"
    words = f"{value.day} {value:%B %Y}"
    return f'<time datetime="{value.isoformat()}">{words}</time>'
