"""PUT has no mark: nobody is taken for somebody else.

check: test_nobody_writes
says: must be a 401, not 403
"""


@routes.view("/posts/{id:[1-9][0-9]{0,8}}")
class PostView(web.View):
    """One post."""

    async def get(self) -> web.Response:
        """Answer with the post."""
        post = self.request.app[POSTS].get(int(self.request.match_info["id"]))
        if post is None:
            raise web.HTTPNotFound(text="There is no such post")
        return web.json_response(post)

    async def put(self) -> web.Response:
        """Change the text."""
        data = await read_json(self.request)
        post = own_post(self.request)
        post["text"] = data.get("text")
        return web.json_response(post)
