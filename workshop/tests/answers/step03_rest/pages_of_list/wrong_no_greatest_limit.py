"""Whoever asks for a million posts gets them.

check: test_bad_values
says: limit='51' came back 200
"""


async def archive(request: web.Request) -> web.Response:
    """Give out a page of the posts, and the address of the next one."""
    order = request.query.get("order", "newest")
    if order not in SQL:
        raise web.HTTPBadRequest(text=f"order must be {' or '.join(SQL)}")
    limit = number_of(request, "limit", default=3, among=range(1, 10**6))
    offset = number_of(request, "offset", default=0, among=range(10**6))
    async with transaction(request) as db:
        listed = await store.fetch(db, SQL[order], {"limit": limit + 1, "offset": offset})
    more = request.rel_url.with_query(order=order, limit=limit, offset=offset + limit)
    return web.json_response(
        {
            "posts": [asdict(post) for post in listed[:limit]],
            "next": str(more) if len(listed) > limit else None,
        }
    )
