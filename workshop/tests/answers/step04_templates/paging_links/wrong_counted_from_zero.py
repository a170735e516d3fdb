"""Page 1 begins at the sixth title.

check: test_pages
says: Note A
"""


@aiohttp_jinja2.template("list.html")
async def list_posts(request: web.Request) -> dict[str, object]:
    """Show one page of the titles that have the word in them."""
    word = request.query.get("word", "")
    found = [title for title in request.app[TITLES] if word.lower() in title.lower()]
    last = max(1, math.ceil(len(found) / SIZE))
    number = page_number(request, last)
    return {
        "word": word,
        "number": number,
        "last": last,
        "titles": found[number * SIZE : (number + 1) * SIZE],
        "before": link(request, number - 1, last),
        "after": link(request, number + 1, last),
    }
