"""The owner's name is not escaped.

check: test_titles_stay_text
says: The owners, as shown
"""

LIST = """\
{% extends "base.html" %}
{% block title %}Posts{% endblock %}
{% block main %}
<h1>Posts</h1>
{% for post in posts %}
<p><a href="{{ url('post', id=post.id) }}">{{ post.title }}</a> by {{ post.owner | safe }}</p>
{% else %}
<p>Nobody has written anything yet.</p>
{% endfor %}
{% endblock %}
"""
