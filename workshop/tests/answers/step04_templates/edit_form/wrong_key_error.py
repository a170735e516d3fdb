"""A missing field is a KeyError, and so a 500.

check: test_missing_field
says: 500 came, 422 was wanted
"""


async def change(request: web.Request) -> web.Response:
    """Take the form and go on to the post; a fault shows the form once more."""
    post = or_404(request.app[POSTS].get(id_of(request)))
    form = await read_form(request)
    form = {name: str(form[name]) for name in ("title", "text", "editor")}
    try:
        fields = read_edit(form)
    except ValueError as error:
        return form_page(request, form, str(error), status=422)
    request.app[POSTS][post.id] = Post(id=post.id, owner=post.owner, **fields)
    raise web.HTTPSeeOther(request.app.router["post"].url_for(id=str(post.id)))
