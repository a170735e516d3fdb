"""The reason of `read_new` is thrown away.

check: test_bad_fields
says: The reason must say that title is bad
"""


def read_or_422(data: Mapping[str, object]) -> Mapping[str, str]:
    """Return the fields of a new post; refuse the request when one is no good."""
    try:
        return read_new(data)
    except ValueError as error:
        raise web.HTTPUnprocessableEntity(text="Invalid data") from None
