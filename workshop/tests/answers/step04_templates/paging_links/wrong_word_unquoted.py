"""The word is put into the link as it is, and an & ends it.

check: test_keeps_the_query
says: keep the rest of the query
"""


def link(request: web.Request, number: int, last: int) -> str | None:
    """Return the address of another page of the same list, if there is one."""
    if not 1 <= number <= last:
        return None
    return f"/?word={request.query.get('word', '')}&page={number}"
