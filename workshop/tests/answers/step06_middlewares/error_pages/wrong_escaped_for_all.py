"""The reason is escaped for programs too.

check: test_stays_text
says: &lt;script&gt;
"""


def error_answer(request: web.Request, status: int, reason: str) -> web.Response:
    """Make a page where text/html is accepted, JSON where it is not."""
    reason = html.escape(reason)
    if "text/html" in request.headers.get("Accept", ""):
        page = PAGE.format(title=f"Error {status}", reason=reason)
        return web.Response(text=page, content_type="text/html", status=status)
    return web.json_response({"error": {"status": status, "reason": reason}}, status=status)
