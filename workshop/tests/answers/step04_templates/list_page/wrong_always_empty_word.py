"""The sentence stands below the list, whether there are posts or not.

check: test_empty
says: and only then
"""

LIST = """\
{% extends "base.html" %}
{% block title %}Posts{% endblock %}
{% block main %}
<h1>Posts</h1>
{% for post in posts %}
<p><a href="{{ url('post', id=post.id) }}">{{ post.title }}</a> by {{ post.owner }}</p>
{% endfor %}
<p>Nobody has written anything yet.</p>
{% endblock %}
"""
