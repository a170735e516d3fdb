"""The blog for people: handlers that answer with pages and redirects."""

from html import escape

from aiohttp import web

from .accept import best
from .formats import FORMATS, page
from .parsing import add_post, find_post, read_form
from .posts import BLOG

FORM = """<form method="post" action="{}">
<p><input name="title" placeholder="Title" required maxlength="100">
<p><textarea name="text" placeholder="Text" required maxlength="10000"></textarea>
<p><input name="owner" placeholder="Your name" required maxlength="30">
<p><button>Publish</button>
</form>"""


async def overview(request: web.Request) -> web.Response:
    """List the posts, or with ?word=moth those whose title has that word in it."""
    word = request.query.get("word", "").lower()
    address = request.app.router["post"].url_for
    items = [
        f'<li><a href="{address(id=str(post.id))}">{escape(post.title)}</a>'
        for post in request.app[BLOG].posts.values()
        if word in post.title.lower()
    ]
    new_one = f'<a href="{request.app.router["new"].url_for()}">Write one</a>'
    body = "\n".join(["<ul>", *items, "</ul>", new_one])
    return web.Response(text=page("Posts", body), content_type="text/html")


async def new(request: web.Request) -> web.Response:
    """Show the form for a new post."""
    form = FORM.format(request.app.router["posts"].url_for())
    return web.Response(text=page("A new post", form), content_type="text/html")


async def create(request: web.Request) -> web.Response:
    """Take the form and send the browser on to the new post."""
    post = add_post(request, await read_form(request))
    raise web.HTTPSeeOther(request.app.router["post"].url_for(id=str(post.id)))


async def show(request: web.Request) -> web.Response:
    """Show a post in the format that the client likes best."""
    post = find_post(request)
    kind = best(", ".join(request.headers.getall("Accept", [])), FORMATS)
    if kind is None:
        raise web.HTTPNotAcceptable(text=f"A post comes as {', '.join(FORMATS)}")
    return web.Response(text=FORMATS[kind](post), content_type=kind, headers={"Vary": "Accept"})


async def moved(request: web.Request) -> web.Response:
    """Send those who come by the old address to the new one, for good."""
    new_address = request.app.router["post"].url_for(id=request.match_info["id"])
    raise web.HTTPMovedPermanently(new_address)
