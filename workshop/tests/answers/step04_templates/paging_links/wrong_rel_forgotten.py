"""The links do not say what they are.

check: test_next
says: rel="next"
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
{% if after %}<a href="{{ after }}">Next</a>{% endif %}
"""
