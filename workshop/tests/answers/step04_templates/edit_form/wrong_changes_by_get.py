"""The form is sent by GET, and looking at an address changes the post.

check: test_form_is_filled_in
says: to be sent by POST
"""

FORM = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Edit</title>
<h1>Edit</h1>
{% if fault %}<p role="alert">{{ fault }}</p>{% endif %}
<form>
  <p><label>Title <input name="title" value="{{ values.title }}"></label></p>
  <p><label>Text <textarea name="text">{{ values.text }}</textarea></label></p>
  <p><label>Your name <input name="editor" value="{{ values.editor }}"></label></p>
  <p><button>Publish</button></p>
</form>
"""


async def edit(request: web.Request) -> web.Response:
    """Show the form with the post in it."""
    post = or_404(request.app[POSTS].get(id_of(request)))
    if request.query:
        fields = read_edit(request.query)
        request.app[POSTS][post.id] = Post(id=post.id, owner=post.owner, **fields)
        raise web.HTTPSeeOther(request.app.router["post"].url_for(id=str(post.id)))
    return form_page(request, {"title": post.title, "text": post.text})
