"""Whatever came as a number is kept: also a line that somebody forged.

check: test_a_number_that_came
says: is HARMLESS
"""


def number_for(request: web.Request) -> str:
    """Return the number that came with the request if it is HARMLESS, else a new one."""
    sent = request.headers.get("X-Request-ID", "")
    return sent or token_hex(8)
