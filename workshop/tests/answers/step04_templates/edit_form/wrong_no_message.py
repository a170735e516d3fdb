"""The form comes back without a word.

check: test_says_what_is_wrong
says: must show the text of the ValueError
"""

FORM = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Edit</title>
<h1>Edit</h1>
<form method="post">
  <p><label>Title <input name="title" value="{{ values.title }}"></label></p>
  <p><label>Text <textarea name="text">{{ values.text }}</textarea></label></p>
  <p><label>Your name <input name="editor" value="{{ values.editor }}"></label></p>
  <p><button>Publish</button></p>
</form>
"""
