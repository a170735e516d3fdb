"""The page has the two posts of the beginning written into it.

check: test_titles_are_links
says: The links to posts on the page
"""

LIST = """\
{% extends "base.html" %}
{% block title %}Posts{% endblock %}
{% block main %}
<h1>Posts</h1>
<p><a href="/2">A moth in relay 70</a> by Grace</p>
<p><a href="/1">Notes on the Analytical Engine</a> by Ada</p>
{% endblock %}
"""
