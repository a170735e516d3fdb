"""The last page has a link forward as well.

check: test_next
says: There is no page /?page=4, and yet the link with rel="next" on /?page=3 leads there
"""


def link(request: web.Request, number: int, last: int) -> str | None:
    """Return the address of another page of the same list, if there is one."""
    if number < 1:
        return None
    return str(request.rel_url.update_query(page=number))
