"""The template thinks of None; the filter does not.

check: test_any_template
says: NoneType
"""

LIST = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Letters</title>
<h1>Letters</h1>
{% for letter in letters %}
<p>{{ letter.title }}, {% if letter.written %}{{ letter.written | day }}{% else %}no date{% endif %}</p>
{% endfor %}
"""


def day(value: date | None) -> str:
    """Return the <time> element of a day, or a word where there is no day."""
    words = f"{value.day} {value:%B %Y}"
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), words)
