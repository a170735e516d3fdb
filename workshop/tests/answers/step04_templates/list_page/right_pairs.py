"""The handler makes the addresses; the template has a navigation of its own."""

LIST = """\
{% extends "base.html" %}
{% block title %}Posts{% endblock %}
{% block main %}
<h1>Posts</h1>
<nav><a href="/">All posts</a></nav>
{% for address, post in rows %}<h2><a class="post" href="{{ address }}">
  {{- post.title | e -}}
</a></h2><p>{{ post.owner }}</p>
{% endfor %}
{% if not rows %}Nobody has written anything yet.{% endif %}
{% endblock %}
"""


@aiohttp_jinja2.template("list.html")
async def list_posts(request: web.Request) -> dict[str, object]:
    """Show all posts, the newest first."""
    route = request.app.router["post"]
    posts = sorted(request.app[POSTS], key=lambda post: -post.id)
    return {"rows": [(route.url_for(id=str(post.id)), post) for post in posts]}
