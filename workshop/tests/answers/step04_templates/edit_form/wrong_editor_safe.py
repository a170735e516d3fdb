"""The name in the third field is not escaped.

check: test_keeps_what_was_typed
says: The fields of the form
"""

FORM = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Edit</title>
<h1>Edit</h1>
{% if fault %}<p role="alert">{{ fault }}</p>{% endif %}
<form method="post">
  <p><label>Title <input name="title" value="{{ values.title }}"></label></p>
  <p><label>Text <textarea name="text">{{ values.text }}</textarea></label></p>
  <p><label>Your name <input name="editor" value="{{ values.editor | safe }}"></label></p>
  <p><button>Publish</button></p>
</form>
"""
