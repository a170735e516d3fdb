"""The new page is added to the old one.

check: test_keeps_the_query
says: page
"""


def link(request: web.Request, number: int, last: int) -> str | None:
    """Return the address of another page of the same list, if there is one."""
    if not 1 <= number <= last:
        return None
    return str(request.rel_url.extend_query(page=number))
