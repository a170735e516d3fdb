"""The template calls it safe; every other template would have to as well.

check: test_any_template
says: in every template of the app
"""

LIST = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Letters</title>
<h1>Letters</h1>
{% for letter in letters %}
<p>{{ letter.title }}, {{ letter.written | day | safe }}</p>
{% endfor %}
"""


def day(value: date | None) -> str:
    """Return the <time> element of a day, or a word where there is no day."""
    if value is None:
        return "no date"
    words = f"{value.day} {value:%B %Y}"
    return '<time datetime="{}">{}</time>'.format(value.isoformat(), words)
