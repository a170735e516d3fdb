# removed: add
"""A class-based view, which collects all that is wrong before it answers."""

WHOLE = re.compile(r"-?[0-9]{1,15}")


class Add(web.View):
    async def get(self) -> web.Response:
        query = self.request.query
        bad = [name for name in ("first", "second") if not WHOLE.fullmatch(query.get(name, ""))]
        if bad:
            raise web.HTTPBadRequest(text="no whole number: " + ", ".join(bad))
        return web.Response(text=str(int(query["first"]) + int(query["second"])))


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app.add_routes([web.view("/add", Add)])
    return app
