"""The titles are there, but lead nowhere.

check: test_titles_are_links
says: as a link to the page of that post
"""

LIST = """\
{% extends "base.html" %}
{% block title %}Posts{% endblock %}
{% block main %}
<h1>Posts</h1>
{% for post in posts %}
<p>{{ post.title }} by {{ post.owner }}</p>
{% else %}
<p>Nobody has written anything yet.</p>
{% endfor %}
{% endblock %}
"""
