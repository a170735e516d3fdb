"""The reason goes into the page as it came.

check: test_stays_text
says: run the script of a stranger
"""


def error_answer(request: web.Request, status: int, reason: str) -> web.Response:
    """Make a page where text/html is accepted, JSON where it is not."""
    if "text/html" in request.headers.get("Accept", ""):
        page = PAGE.format(title=f"Error {status}", reason=reason)
        return web.Response(text=page, content_type="text/html", status=status)
    return web.json_response({"error": {"status": status, "reason": reason}}, status=status)
