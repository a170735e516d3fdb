"""A client that sends no header Accept is answered with a 500.

check: test_json_for_programs
says: 500 came, 404 was wanted
"""


def error_answer(request: web.Request, status: int, reason: str) -> web.Response:
    """Make a page where text/html is accepted, JSON where it is not."""
    if "text/html" in request.headers["Accept"]:
        page = PAGE.format(title=f"Error {status}", reason=html.escape(reason))
        return web.Response(text=page, content_type="text/html", status=status)
    return web.json_response({"error": {"status": status, "reason": reason}}, status=status)
