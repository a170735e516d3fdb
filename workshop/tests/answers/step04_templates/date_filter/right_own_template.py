"""A template of its own makes the element."""


ELEMENT = jinja2.Environment(autoescape=True).from_string(
    "{% if value %}<time datetime='{{ value }}'>{{ value.day }} {{ value.strftime('%B %Y') }}</time>"
    "{% else %}no date{% endif %}"
)

LETTERS = web.AppKey("letters", list[Letter])


def day(value: date | None) -> str:
    """Return the <time> element of a day, or a word where there is no day."""
    return Markup(ELEMENT.render(value=value))
