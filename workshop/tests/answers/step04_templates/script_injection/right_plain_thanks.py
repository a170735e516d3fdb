"""The thanks are plain text; a bad site is shown, but is no link."""

PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Guest book</title>
<script>function greet(name) { alert("Hello, " + name); }</script>
<h1>Guest book</h1>
{% for entry in book %}
<article data-name="{{ entry.name }}"><h2>{{ entry.name }}</h2>
<p>{{ entry.text }}</p>
{% if entry.site[:8] == "https://" or entry.site[:7] == "http://" %}
<p><a rel="nofollow" href="{{ entry.site }}">{{ entry.site }}</a></p>
{% else %}<p>{{ entry.site }}</p>{% endif %}
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


async def thanks(request: web.Request) -> web.Response:
    """Thank a guest by name."""
    name = request.query.get("name", "guest")
    return web.Response(text=f"Thank you, {name}!")
