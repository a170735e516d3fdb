# removed: create, follow
"""Handlers grouped in a class that holds the links; the answers are responses."""


class Links:
    def __init__(self) -> None:
        self.links: list[URL] = []

    async def create(self, request: web.Request) -> web.Response:
        self.links.append(safe(await read_url(request)))
        location = request.app.router["link"].url_for(number=f"{len(self.links)}")
        return web.Response(status=201, headers={"Location": str(location)})

    async def follow(self, request: web.Request) -> web.Response:
        number = int(request.match_info["number"])
        if not 1 <= number <= len(self.links):
            return web.Response(status=404, text="no such link")
        return web.Response(status=302, headers={"Location": str(self.links[number - 1])})


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    links = Links()
    app.router.add_post("/links", links.create)
    app.router.add_get(r"/l/{number:\d+}", links.follow, name="link")
    return app
