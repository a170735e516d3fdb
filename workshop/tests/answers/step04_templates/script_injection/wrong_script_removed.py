"""The word <script> is taken out; a picture runs as well.

check: test_text
says: nothing runs
"""

PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Guest book</title>
<script>function greet(name) { alert("Hello, " + name); }</script>
<h1>Guest book</h1>
{% for entry in book %}
<article data-name="{{ entry.name }}"><h2>{{ entry.name }}</h2>
<p>{{ entry.text | replace("<script>", "") | safe }}</p>
{% if entry.site.startswith(("https://", "http://")) %}
  <p><a href="{{ entry.site }}">{{ entry.site }}</a></p>
{% endif %}
<p><button onclick='greet({{ entry.name | tojson }})'>Greet</button></p>
</article>
{% endfor %}
<form method="post">
  <p><label>Name <input name="name"></label></p>
  <p><label>Site <input name="site"></label></p>
  <p><label>Text <textarea name="text"></textarea></label></p>
  <p><button>Sign</button></p>
</form>
"""
