"""The query is copied and changed; the last page is counted with //."""


def link(request: web.Request, number: int, last: int) -> str | None:
    """Return the address of another page of the same list, if there is one."""
    query = request.query.copy()
    query["page"] = str(number)
    return str(request.rel_url.with_query(query)) if 0 < number <= last else None


@aiohttp_jinja2.template("list.html")
async def list_posts(request: web.Request) -> dict[str, object]:
    """Show one page of the titles that have the word in them."""
    word = request.query.get("word", "")
    found = [title for title in request.app[TITLES] if word.lower() in title.lower()]
    last = (len(found) - 1) // SIZE + 1 or 1
    number = page_number(request, last)
    return {
        "word": word,
        "number": number,
        "last": last,
        "titles": found[(number - 1) * SIZE : number * SIZE],
        "before": link(request, number - 1, last),
        "after": link(request, number + 1, last),
    }
