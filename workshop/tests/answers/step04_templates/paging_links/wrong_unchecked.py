"""The number goes through int unchecked.

check: test_no_such_page
says: must be a 404, not 200
"""


def page_number(request: web.Request, last: int) -> int:
    """Return which page the query asks for; a page that is not there is refused."""
    return int(request.query.get("page", "1"))
