"""A dict keeps one value of each name.

check: test_keeps_the_query
says: wanted
"""


def link(request: web.Request, number: int, last: int) -> str | None:
    """Return the address of another page of the same list, if there is one."""
    if not 1 <= number <= last:
        return None
    return str(request.rel_url.with_query({**request.query, "page": str(number)}))
