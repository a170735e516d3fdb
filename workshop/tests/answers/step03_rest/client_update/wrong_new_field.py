"""A field that the client does not know breaks it.

check: test_new_field
says: likes
"""


def post_of(data: Mapping[str, Any]) -> Post:
    """Make a post of an answer."""
    return Post(**data)
