"""The blog for people: pages, forms, and where to go on after a form."""

import asyncio
from collections.abc import Mapping

from aiohttp import web
from aiohttp_jinja2 import render_template, template

from . import files, images, store
from .db import connection
from .login import own_post, require_login, signed_in
from .parsing import ID, id_of, number_of, or_404, or_507, read_form, read_or_422
from .posts import read_new
from .sessions import flash

PAGE = 10
"""So many posts stand on one page of the list."""

routes = web.RouteTableDef()


@routes.get("/", name="list")
@template("list.html")
async def list_posts(request: web.Request) -> dict[str, object]:
    """Show the newest posts, or older ones after the first ?offset=."""
    offset = number_of(request, "offset", default=0, among=range(10**6))
    async with connection(request) as db:
        listed = await store.list_newest(db, offset, PAGE + 1)
    return {"posts": listed[:PAGE], "older": offset + PAGE if len(listed) > PAGE else None}


@routes.get(f"/{ID}", name="post")
@template("post.html")
async def show(request: web.Request) -> dict[str, object]:
    """Show a post."""
    async with connection(request) as db:
        post = or_404(await store.find(db, id_of(request)))
    names = await asyncio.to_thread(files.names_in, files.folder_of(request))
    return {"post": post, "files": names}


def form_page(
    request: web.Request,
    heading: str,
    values: Mapping[str, object],
    fault: web.HTTPError | None = None,
) -> web.Response:
    """Show the form: empty, filled in, or once more with what was typed and what is wrong."""
    context = {"heading": heading, "values": values, "fault": fault}
    return render_template("form.html", request, context, status=fault.status if fault else 200)


@routes.get("/new", name="new")
@require_login
async def new(request: web.Request) -> web.Response:
    """Show the form for a new post."""
    return form_page(request, "A new post", {})


@routes.post("/new")
@require_login
async def create(request: web.Request) -> web.Response:
    """Take the form and send the browser on to the new post."""
    form = await read_form(request)
    try:
        fields = read_or_422(read_new, form)
        pictures = await images.images_of(request, form)
    except web.HTTPClientError as fault:
        return form_page(request, "A new post", form, fault)
    async with connection(request) as db:
        post = or_507(await store.add(db, {**fields, "owner": await signed_in(request)}))
        await images.keep(db, post.id, pictures)
    raise web.HTTPSeeOther(request.app.router["post"].url_for(id=str(post.id)))


@routes.get(f"/{ID}/edit", name="edit")
@require_login
async def edit(request: web.Request) -> web.Response:
    """Show the form with the post in it."""
    async with connection(request) as db:
        post = await own_post(request, db)
    return form_page(request, "Edit", {"title": post.title, "text": post.text})


@routes.post(f"/{ID}/edit")
@require_login
async def change(request: web.Request) -> web.Response:
    """Take the form and send the browser on to the changed post."""
    async with connection(request) as db:
        post = await own_post(request, db)
    form = await read_form(request)
    try:
        fields = read_or_422(read_new, form)
        pictures = await images.images_of(request, form)
    except web.HTTPClientError as fault:
        return form_page(request, "Edit", form, fault)
    async with connection(request) as db:
        or_404(await store.change(db, post.id, {**fields, "editor": post.owner}))
        await images.keep(db, post.id, pictures)
    raise web.HTTPSeeOther(request.app.router["post"].url_for(id=str(post.id)))


@routes.post(f"/{ID}/delete", name="delete")
@require_login
async def delete(request: web.Request) -> web.Response:
    """Take the post out and send the browser on to the list."""
    await read_form(request)
    async with connection(request) as db:
        post = await own_post(request, db)
        await store.remove(db, post.id)
    await files.forget(request)
    await flash(request, f"{post.title} is gone.")
    raise web.HTTPSeeOther(request.app.router["list"].url_for())
