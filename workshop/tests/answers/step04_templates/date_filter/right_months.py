"""The names of the months in a tuple; the element is put together."""


MONTHS = (
    "January February March April May June July August September October November December"
).split()

LETTERS = web.AppKey("letters", list[Letter])


def day(value: date | None) -> str:
    """Return the <time> element of a day, or a word where there is no day."""
    if not value:
        return "no date"
    words = f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return Markup(f'<time datetime="{value}">{words}</time>')
