"""isdigit takes more than int.

check: test_no_such_page
says: must be a 404, not 500
"""


def page_number(request: web.Request, last: int) -> int:
    """Return which page the query asks for; a page that is not there is refused."""
    text = request.query.get("page", "1")
    if not text.isdigit() or not 1 <= int(text) <= last:
        raise web.HTTPNotFound(text=f"There are pages 1 to {last}")
    return int(text)
