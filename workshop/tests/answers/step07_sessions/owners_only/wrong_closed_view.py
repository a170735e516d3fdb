"""The whole view has the mark, so nobody can read.

check: test_nobody_writes
says: wanted
"""


@require_login
@routes.view("/posts/{id:[1-9][0-9]{0,8}}")
class PostView(web.View):
    """One post."""

    async def get(self) -> web.Response:
        """Answer with the post."""
        post = self.request.app[POSTS].get(int(self.request.match_info["id"]))
        if post is None:
            raise web.HTTPNotFound(text="There is no such post")
        return web.json_response(post)

    @require_login
    async def put(self) -> web.Response:
        """Change the text."""
        data = await read_json(self.request)
        post = own_post(self.request)
        post["text"] = data.get("text")
        return web.json_response(post)
