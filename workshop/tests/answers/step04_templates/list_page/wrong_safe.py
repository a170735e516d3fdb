"""The title is called safe, though a stranger wrote it.

check: test_titles_stay_text
says: shown letter by letter
"""

LIST = """\
{% extends "base.html" %}
{% block title %}Posts{% endblock %}
{% block main %}
<h1>Posts</h1>
{% for post in posts %}
<p><a href="{{ url('post', id=post.id) }}">{{ post.title | safe }}</a> by {{ post.owner }}</p>
{% else %}
<p>Nobody has written anything yet.</p>
{% endfor %}
{% endblock %}
"""
