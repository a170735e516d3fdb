"""int() and try; only the query is written into the links."""


def page_number(request: web.Request, last: int) -> int:
    """Return which page the query asks for; a page that is not there is refused."""
    try:
        number = int(request.query.get("page", 1))
    except ValueError:
        number = 0
    if number not in range(1, last + 1):
        raise web.HTTPNotFound
    return number


def link(request: web.Request, number: int, last: int) -> str | None:
    """Return the address of another page of the same list, if there is one."""
    if number not in range(1, last + 1):
        return None
    return "?" + request.url.update_query(page=str(number)).raw_query_string
