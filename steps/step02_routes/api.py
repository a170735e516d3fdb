"""The blog for programs: JSON in, JSON out; each route stands above its handler."""

from dataclasses import asdict

from aiohttp import web

from .parsing import ID, add_post, find_post, read_json
from .posts import BLOG

routes = web.RouteTableDef()


@routes.get("/api/posts")
async def list_posts(request: web.Request) -> web.Response:
    """List all posts, oldest first."""
    return web.json_response([asdict(post) for post in request.app[BLOG].posts.values()])


@routes.post("/api/posts")
async def create_post(request: web.Request) -> web.Response:
    """Make a post of a JSON object and say where it is."""
    post = add_post(request, await read_json(request))
    address = request.app.router["api-post"].url_for(id=str(post.id))
    return web.json_response(asdict(post), status=201, headers={"Location": str(address)})


@routes.view(f"/api/posts/{ID}", name="api-post")
class PostView(web.View):
    """One post: a method of the class for each method of HTTP."""

    async def get(self) -> web.Response:
        """Answer with the post."""
        return web.json_response(asdict(find_post(self.request)))

    head = get

    async def delete(self) -> web.Response:
        """Take the post out of the blog."""
        post = find_post(self.request)
        del self.request.app[BLOG].posts[post.id]
        return web.Response(status=204)
