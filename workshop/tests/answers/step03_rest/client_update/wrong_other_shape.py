"""Only what is no JSON is thought of, not JSON of another shape.

check: test_no_reason
says: TypeError
"""


async def error_of(response: ClientResponse) -> RefusedError:
    """Make an error of a refusal; where the server gives no reason, HTTP's own must do."""
    try:
        reason = str((await response.json(content_type=None))["error"]["reason"])
    except ValueError:
        reason = str(response.reason)
    return KINDS.get(response.status, RefusedError)(response.status, reason)
