"""The reason is HTTP's own, not what the server says.

check: test_keeps_the_reason
says: Not Found
"""


async def error_of(response: ClientResponse) -> RefusedError:
    """Make an error of a refusal."""
    return KINDS.get(response.status, RefusedError)(response.status, str(response.reason))
