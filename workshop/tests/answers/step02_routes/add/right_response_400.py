"""A response with status 400 is returned; nothing is raised."""

WHOLE = re.compile(r"-?[0-9]{1,15}")


async def add(request: web.Request) -> web.Response:
    """Answer with the sum."""
    total = 0
    for name in ("first", "second"):
        try:
            total += int(request.query.get(name, ""))
        except ValueError:
            return web.Response(status=400, text=f"{name} must be a whole number")
    return web.Response(text=f"{total}\n")
