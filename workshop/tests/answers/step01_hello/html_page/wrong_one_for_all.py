"""One response is made for all visitors: only the first one gets it.

check: test_about_heading
says: the server closed the connection
"""


PAGE = web.Response(text=ABOUT, content_type="text/html")


async def about(request: web.Request) -> web.Response:
    """Show the page about the blog."""
    return PAGE
