"""Every refusal is the same kind of error.

check: test_keeps_the_reason
says: RefusedError
"""


async def error_of(response: ClientResponse) -> RefusedError:
    """Make an error of a refusal; where the server gives no reason, HTTP's own must do."""
    try:
        reason = str((await response.json(content_type=None))["error"]["reason"])
    except (ValueError, LookupError, TypeError):
        reason = str(response.reason)
    return RefusedError(response.status, reason)
