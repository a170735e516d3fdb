"""Takes the time of the event loop; whole milliseconds."""


@web.middleware
async def note_start(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Note when the request came in."""
    request[START] = asyncio.get_running_loop().time()
    return await handler(request)


async def tell_time(request: web.Request, response: web.StreamResponse) -> None:
    """Write into the answer how many milliseconds it took; called just before it is sent."""
    took = asyncio.get_running_loop().time() - request[START]
    response.headers["Server-Timing"] = f"total;dur={round(took * 1000)}"
