"""Nobody thought of a letter without a day.

check: test_no_date
says: 500 came, 200 was wanted
"""


def day(value: date | None) -> str:
    """Return the <time> element of a day, or a word where there is no day."""
    words = f"{value.day} {value:%B %Y}"
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), words)
