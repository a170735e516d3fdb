# removed: people
"""A class-based view with HEAD; Vary names two headers."""


class People(web.View):
    async def get(self) -> web.Response:
        accept = self.request.headers.get("Accept", "*/*")
        weights = {quality(kind, accept): kind for kind in reversed(FORMATS)}
        weight = max(weights)
        if not weight:
            raise web.HTTPNotAcceptable(text="JSON or CSV")
        kind, vary = weights[weight], {"Vary": "Accept-Encoding, Accept"}
        return web.Response(text=FORMATS[kind](), content_type=kind, headers=vary)

    head = get


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app.add_routes([web.view("/people", People)])
    return app
