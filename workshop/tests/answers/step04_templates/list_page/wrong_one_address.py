"""Every link leads to the same page.

check: test_titles_are_links
says: The links to posts on the page
"""

LIST = """\
{% extends "base.html" %}
{% block title %}Posts{% endblock %}
{% block main %}
<h1>Posts</h1>
{% for post in posts %}
<p><a href="{{ url('post', id=1) }}">{{ post.title }}</a> by {{ post.owner }}</p>
{% else %}
<p>Nobody has written anything yet.</p>
{% endfor %}
{% endblock %}
"""
