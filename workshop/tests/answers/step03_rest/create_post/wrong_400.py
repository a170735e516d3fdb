"""What can be read, but is no good, is called unreadable.

check: test_bad_fields
says: 422, not 400
"""


def read_or_422(data: Mapping[str, object]) -> Mapping[str, str]:
    """Return the fields of a new post; refuse the request when one is no good."""
    try:
        return read_new(data)
    except ValueError as error:
        raise web.HTTPBadRequest(text=str(error)) from None
