"""The changed post is made, and never put away.

check: test_changes_the_post
says: The post has the new title
"""


async def change(request: web.Request) -> web.Response:
    """Take the form and go on to the post; a fault shows the form once more."""
    post = or_404(request.app[POSTS].get(id_of(request)))
    form = await read_form(request)
    try:
        fields = read_edit(form)
    except ValueError as error:
        return form_page(request, form, str(error), status=422)
    post = Post(id=post.id, owner=post.owner, **fields)
    raise web.HTTPSeeOther(request.app.router["post"].url_for(id=str(post.id)))
