"""The form that comes back says that all is well.

check: test_says_what_is_wrong
says: 200 came, 422 was wanted
"""


async def change(request: web.Request) -> web.Response:
    """Take the form and go on to the post; a fault shows the form once more."""
    post = or_404(request.app[POSTS].get(id_of(request)))
    form = await read_form(request)
    try:
        fields = read_edit(form)
    except ValueError as error:
        return form_page(request, form, str(error))
    request.app[POSTS][post.id] = Post(id=post.id, owner=post.owner, **fields)
    raise web.HTTPSeeOther(request.app.router["post"].url_for(id=str(post.id)))
