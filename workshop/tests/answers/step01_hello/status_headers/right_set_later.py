# whole
"""Headers set on the finished response; Location as a whole URL."""

from aiohttp import web
from yarl import URL

POST = "Notes on the Analytical Engine"


async def read_post(request):
    response = web.Response(text=POST + "\n")
    response.headers["cache-control"] = "max-age=60"
    response.headers["x-words"] = f"{POST.count(' ') + 1}"
    return response


async def create_post(request):
    response = web.json_response({"id": 1}, status=201)
    response.headers["Location"] = str(request.url.join(URL("/posts/1")))
    return response


async def delete_post(request):
    response = web.Response()
    response.set_status(204)
    return response


def create_app():
    app = web.Application()
    app.add_routes(
        [
            web.get("/posts/1", read_post),
            web.post("/posts", create_post),
            web.delete("/posts/1", delete_post),
        ]
    )
    return app
