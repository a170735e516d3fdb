"""An empty blog is an empty page.

check: test_empty
says: Nobody has written anything yet.
"""

LIST = """\
{% extends "base.html" %}
{% block title %}Posts{% endblock %}
{% block main %}
<h1>Posts</h1>
{% for post in posts %}
<p><a href="{{ url('post', id=post.id) }}">{{ post.title }}</a> by {{ post.owner }}</p>
{% endfor %}
{% endblock %}
"""
