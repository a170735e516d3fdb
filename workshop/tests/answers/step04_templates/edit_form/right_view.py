# removed: edit
"""One class for both methods; the status is set on the answer."""


class Edit(web.View):
    async def get(self) -> web.Response:
        post = or_404(self.request.app[POSTS].get(id_of(self.request)))
        return form_page(self.request, {"title": post.title, "text": post.text})

    async def post(self) -> web.Response:
        return await change(self.request)


async def change(request: web.Request) -> web.Response:
    """Take the form and go on to the post; a fault shows the form once more."""
    post = or_404(request.app[POSTS].get(id_of(request)))
    form = await read_form(request)
    try:
        fields = read_edit(form)
    except ValueError as error:
        response = form_page(request, form, str(error))
        response.set_status(422)
        return response
    request.app[POSTS][post.id] = Post(id=post.id, owner=post.owner, **fields)
    raise web.HTTPSeeOther(request.app.router["post"].url_for(id=str(post.id)))


def create_app() -> web.Application:
    """Make the application, its templates and its first posts."""
    app = web.Application()
    app[POSTS] = {post.id: post for post in (ADA, GRACE)}
    aiohttp_jinja2.setup(app, loader=jinja2.DictLoader({"form.html": FORM, "post.html": POST}))
    app.add_routes(
        [
            web.get(f"/{ID}", show, name="post"),
            web.view(f"/{ID}/edit", Edit, name="edit"),
        ]
    )
    return app
