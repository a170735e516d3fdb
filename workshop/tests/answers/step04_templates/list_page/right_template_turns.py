"""The template turns the list round and asks whether there is one."""

LIST = """\
{% extends "base.html" %}
{% block title %}Posts{% endblock %}
{% block main %}
<h1>Posts</h1>
{% if posts %}
<ul>
  {% for post in posts | reverse %}
  <li><a href='/{{ post.id }}'><b>{{ post.title }}</b></a> <i>{{ post.owner }}</i></li>
  {% endfor %}
</ul>
{% else %}<p>Nobody has written anything yet.</p>{% endif %}
{% endblock %}
"""


@aiohttp_jinja2.template("list.html")
async def list_posts(request: web.Request) -> dict[str, object]:
    """Show all posts, the newest first."""
    return {"posts": request.app[POSTS]}
