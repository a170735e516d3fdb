"""The page is made, its status is forgotten.

check: test_a_page_for_people
says: 200
"""


def error_answer(request: web.Request, status: int, reason: str) -> web.Response:
    """Make a page where text/html is accepted, JSON where it is not."""
    if "text/html" in request.headers.get("Accept", ""):
        page = PAGE.format(title=f"Error {status}", reason=html.escape(reason))
        return web.Response(text=page, content_type="text/html")
    return web.json_response({"error": {"status": status, "reason": reason}}, status=status)
