"""The redirect is a 302, which does not say that GET comes next.

check: test_goes_on_to_the_post
says: 302 came, 303 was wanted
"""


async def change(request: web.Request) -> web.Response:
    """Take the form and go on to the post; a fault shows the form once more."""
    post = or_404(request.app[POSTS].get(id_of(request)))
    form = await read_form(request)
    try:
        fields = read_edit(form)
    except ValueError as error:
        return form_page(request, form, str(error), status=422)
    request.app[POSTS][post.id] = Post(id=post.id, owner=post.owner, **fields)
    raise web.HTTPFound(request.app.router["post"].url_for(id=str(post.id)))
