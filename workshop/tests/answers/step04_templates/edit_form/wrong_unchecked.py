"""Nothing is looked at before it is kept.

check: test_says_what_is_wrong
says: 303 came, 422 was wanted
"""


async def change(request: web.Request) -> web.Response:
    """Take the form and go on to the post; a fault shows the form once more."""
    post = or_404(request.app[POSTS].get(id_of(request)))
    form = await read_form(request)
    fields = {name: str(form.get(name, "")) for name in ("title", "text", "editor")}
    request.app[POSTS][post.id] = Post(id=post.id, owner=post.owner, **fields)
    raise web.HTTPSeeOther(request.app.router["post"].url_for(id=str(post.id)))
