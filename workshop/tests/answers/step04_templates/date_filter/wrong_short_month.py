"""%b is the month cut short.

check: test_words
says: July 1843
"""


def day(value: date | None) -> str:
    """Return the <time> element of a day, or a word where there is no day."""
    if value is None:
        return "no date"
    words = f"{value.day} {value:%b %Y}"
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), words)
