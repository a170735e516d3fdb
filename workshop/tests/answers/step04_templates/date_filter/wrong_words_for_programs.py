"""The attribute is for programs, and has the words in it.

check: test_time_element
says: each with its datetime and its words
"""


def day(value: date | None) -> str:
    """Return the <time> element of a day, or a word where there is no day."""
    if value is None:
        return "no date"
    words = f"{value.day} {value:%B %Y}"
    return Markup('<time datetime="{}">{}</time>').format(words, words)
