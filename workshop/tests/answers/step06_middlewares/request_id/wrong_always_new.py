"""The number that came is thrown away.

check: test_a_number_that_came
says: shop-3f9c0a61
"""


def number_for(request: web.Request) -> str:
    """Return the number that came with the request if it is HARMLESS, else a new one."""
    sent = request.headers.get("X-Request-ID", "")
    return token_hex(8)
