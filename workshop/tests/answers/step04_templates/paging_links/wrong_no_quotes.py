"""The link has no quotes, and ends where a space is.

check: test_keeps_the_query
says: keep the rest of the query
"""

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
{% if before %}<a rel="prev" href="{{ before }}">Back</a>{% endif %}
{% if after %}<a rel="next" href=/?word={{ word }}&page={{ number + 1 }}>Next</a>{% endif %}
"""
