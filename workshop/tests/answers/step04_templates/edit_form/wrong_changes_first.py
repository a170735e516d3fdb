"""The post is changed before the form is looked at.

check: test_says_what_is_wrong
says: and changes nothing
"""


async def change(request: web.Request) -> web.Response:
    """Take the form and go on to the post; a fault shows the form once more."""
    post = or_404(request.app[POSTS].get(id_of(request)))
    form = await read_form(request)
    request.app[POSTS][post.id] = Post(id=post.id, owner=post.owner, **form)  # type: ignore
    try:
        fields = read_edit(form)
    except ValueError as error:
        return form_page(request, form, str(error), status=422)
    request.app[POSTS][post.id] = Post(id=post.id, owner=post.owner, **fields)
    raise web.HTTPSeeOther(request.app.router["post"].url_for(id=str(post.id)))
