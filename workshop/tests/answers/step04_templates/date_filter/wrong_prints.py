"""The filter prints, and returns nothing.

check: test_words
says: 10 July 1843
"""


def day(value: date | None) -> str:
    """Return the <time> element of a day, or a word where there is no day."""
    if value is None:
        return "no date"
    words = f"{value.day} {value:%B %Y}"
    print('<time datetime="{}">{}</time>').format(value.isoformat(), words)
