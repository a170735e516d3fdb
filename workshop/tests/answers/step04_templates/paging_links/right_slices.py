"""The pages are cut first, and then one is taken."""


@aiohttp_jinja2.template("list.html")
async def list_posts(request: web.Request) -> dict[str, object]:
    """Show one page of the titles that have the word in them."""
    word = request.query.get("word", "")
    found = [title for title in request.app[TITLES] if word.lower() in title.lower()]
    pages = [found[i : i + SIZE] for i in range(0, len(found), SIZE)] or [[]]
    last = len(pages)
    number = page_number(request, last)
    return {
        "word": word,
        "number": number,
        "last": last,
        "titles": pages[number - 1],
        "before": link(request, number - 1, last),
        "after": link(request, number + 1, last),
    }
