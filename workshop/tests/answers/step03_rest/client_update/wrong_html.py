"""A page in place of JSON is an error of its own.

check: test_no_reason
says: ContentTypeError
"""


async def error_of(response: ClientResponse) -> RefusedError:
    """Make an error of a refusal."""
    reason = (await response.json())["error"]["reason"]
    return KINDS.get(response.status, RefusedError)(response.status, reason)
