"""The form has an action and a macro for its fields; the text begins on a line of its own."""

FORM = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Edit</title>
<h1>Edit</h1>
{% if fault %}<p role="alert">{{ fault }}</p>{% endif %}
{% macro field(label, name) %}
<p><label>{{ label }} <input name='{{ name }}' value='{{ values[name] | default("") }}'></label></p>
{% endmacro %}
<form action="" method="POST">
  {{ field("Title", "title") }}
  <p><label>Text <textarea name="text" rows="8">
{{ values.text }}</textarea></label></p>
  {{ field("Your name", "editor") }}
  <p><button>Publish</button></p>
</form>
"""
