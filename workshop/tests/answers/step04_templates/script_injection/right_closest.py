"""The button asks the article around it for the name."""

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
{% if entry.site.startswith(("https://", "http://")) %}
  <p><a href="{{ entry.site }}">{{ entry.site }}</a></p>
{% endif %}
<p><button onclick="greet(this.closest('article').dataset.name)">Greet</button></p>
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
    return aiohttp_jinja2.render_template("thanks.html", request, {"name": name})


def create_app() -> web.Application:
    """Make the application with an empty guest book."""
    app = web.Application()
    app[BOOK] = []
    aiohttp_jinja2.setup(app, loader=jinja2.DictLoader({"page.html": PAGE, "thanks.html": "<p>Thank you, {{ name }}!</p>"}))
    app.add_routes(
        [web.get("/", read), web.post("/", sign), web.get("/thanks", thanks, name="thanks")]
    )
    return app
