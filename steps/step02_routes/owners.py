"""Who writes here: two handlers in one class, because they share the blog."""

from aiohttp import web

from .posts import Blog, Post


class Owners:
    """Made once, with what its handlers need."""

    def __init__(self, blog: Blog) -> None:
        self.blog = blog

    def posts_of(self, owner: str) -> list[Post]:
        """Return all posts of one owner."""
        return [post for post in self.blog.posts.values() if post.owner == owner]

    async def names(self, request: web.Request) -> web.Response:
        """List the owners, each with the number of posts."""
        names = sorted({post.owner for post in self.blog.posts.values()})
        return web.json_response({name: len(self.posts_of(name)) for name in names})

    async def titles(self, request: web.Request) -> web.Response:
        """List the titles of one owner."""
        found = self.posts_of(request.match_info["owner"])
        if not found:
            raise web.HTTPNotFound(text="Nobody of that name wrote anything")
        return web.json_response([post.title for post in found])
