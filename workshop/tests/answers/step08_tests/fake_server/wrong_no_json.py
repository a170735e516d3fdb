"""The fake answers with text where the client reads JSON.

check: test_right
says: ContentTypeError
"""


class Fake:
    """A server that gives each address its answer, and remembers what it was asked."""

    def __init__(self, answers: dict[str, tuple[int, object]]) -> None:
        self.answers = answers
        """Status and JSON by method and path: {"GET /api/posts/7": (200, {...})}."""
        self.asked: list[str] = []
        self.tokens: list[str | None] = []
        """The header Authorization of each request."""

    async def answer(self, request: web.Request) -> web.Response:
        """Give the answer that belongs to the address, 404 when there is none."""
        address = f"{request.method} {request.rel_url}"
        self.asked.append(address)
        self.tokens.append(request.headers.get("Authorization"))
        status, data = self.answers.get(address, (404, {"error": {"reason": "not faked"}}))
        return web.Response(text=str(data), status=status)

    async def start(self, aiohttp_server: "AiohttpServer") -> str:
        """Listen on a port of its own; return the address to give to a client."""
        app = web.Application()
        app.add_routes([web.route("*", "/{path:.*}", self.answer)])
        return str((await aiohttp_server(app)).make_url("/"))
