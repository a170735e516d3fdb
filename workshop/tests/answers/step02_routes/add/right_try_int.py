"""int() and try in place of a pattern."""

WHOLE = re.compile(r"-?[0-9]{1,15}")


def number(request: web.Request, name: str) -> int:
    """Return a whole number from the query; anything else is refused."""
    try:
        return int(request.query[name])
    except KeyError:
        raise web.HTTPBadRequest(text=f"{name} is missing") from None
    except ValueError:
        raise web.HTTPBadRequest(text=f"{name} is no whole number") from None
