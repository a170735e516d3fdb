"""The first page has a link back as well.

check: test_prev
says: There is no page /?page=0, and yet the link with rel="prev" on /?page=1 leads there
"""


def link(request: web.Request, number: int, last: int) -> str | None:
    """Return the address of another page of the same list, if there is one."""
    if number > last:
        return None
    return str(request.rel_url.update_query(page=number))
