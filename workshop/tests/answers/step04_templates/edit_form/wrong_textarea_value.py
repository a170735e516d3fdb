"""A text area has no attribute value: its text stands between the tags.

check: test_form_is_filled_in
says: The fields of the form, as a browser reads them
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
  <p><label>Text <textarea name="text" value="{{ values.text }}"></textarea></label></p>
  <p><label>Your name <input name="editor" value="{{ values.editor }}"></label></p>
  <p><button>Publish</button></p>
</form>
"""
