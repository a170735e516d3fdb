"""The blog for programs: JSON in, JSON out; each route stands above its handler."""

from dataclasses import asdict

from aiohttp import web

from . import files, store
from .db import connection
from .login import own_post, require_login, signed_in
from .parsing import ID, id_of, number_of, or_404, or_507, read_json, read_or_422
from .posts import read_changes, read_new

routes = web.RouteTableDef()


@routes.get("/api/posts")
async def list_posts(request: web.Request) -> web.Response:
    """List posts, oldest first: ?limit= of them, after the first ?offset=."""
    limit = number_of(request, "limit", default=20, among=range(1, 101))
    offset = number_of(request, "offset", default=0, among=range(10**6))
    async with connection(request) as db:
        listed = await store.list_from(db, offset, limit + 1)  # one more: is there another page?
    following = request.rel_url.with_query(limit=limit, offset=offset + limit)
    return web.json_response(
        {
            "posts": [asdict(post) for post in listed[:limit]],
            "next": str(following) if len(listed) > limit else None,
        }
    )


@routes.post("/api/posts")
@require_login
async def create_post(request: web.Request) -> web.Response:
    """Make a post of a JSON object and say where it is."""
    fields = read_or_422(read_new, await read_json(request))
    fields["owner"] = await signed_in(request)
    async with connection(request) as db:
        post = or_507(await store.add(db, fields))
    address = request.app.router["api-post"].url_for(id=str(post.id))
    return web.json_response(asdict(post), status=201, headers={"Location": str(address)})


@routes.view(f"/api/posts/{ID}", name="api-post")
class PostView(web.View):
    """One post: a method of the class for each method of HTTP."""

    async def get(self) -> web.Response:
        """Answer with the post."""
        async with connection(self.request) as db:
            post = or_404(await store.find(db, id_of(self.request)))
        return web.json_response(asdict(post))

    head = get

    @require_login
    async def patch(self) -> web.Response:
        """Change the fields that the JSON object has, and answer with the whole post."""
        fields = read_or_422(read_changes, await read_json(self.request))
        async with connection(self.request) as db:
            post = await own_post(self.request, db)
            fields["editor"] = post.owner
            post = or_404(await store.change(db, post.id, fields))
        return web.json_response(asdict(post))

    @require_login
    async def delete(self) -> web.Response:
        """Take the post out of the blog."""
        async with connection(self.request) as db:
            post = await own_post(self.request, db)
            await store.remove(db, post.id)
        await files.forget(self.request)
        return web.Response(status=204)
