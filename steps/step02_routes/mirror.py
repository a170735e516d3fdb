"""What did my request look like? A handler for every method."""

from aiohttp import web


async def mirror(request: web.Request) -> web.Response:
    """Answer with the parts of the request as the server sees them."""
    return web.json_response(
        {
            "method": request.method,
            "path": request.path,
            "query": list(request.query.items()),
            "content_type": request.content_type,
        }
    )
