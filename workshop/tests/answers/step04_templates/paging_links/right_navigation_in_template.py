"""The template decides which links there are, in an order of its own."""

LIST = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Posts</title>
<h1>Posts</h1>
<form><input name="word" value="{{ word }}"> <button>Search</button></form>
<ul>
{% for title in titles %}
<li>{{ title }}</li>
{% endfor %}
</ul>
<p>Page {{ number }} of {{ last }}</p>
<nav>
{% if number < last %}<a class="button" href='{{ after }}' rel='next'>Next</a>{% endif %}
{% if number > 1 %}<a class="button" href='{{ before }}' rel='prev'>Back</a>{% endif %}
</nav>
"""


def link(request: web.Request, number: int, last: int) -> str | None:
    """Return the address of another page of the same list, if there is one."""
    return str(request.rel_url.update_query({"page": str(number)}))
