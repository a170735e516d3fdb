"""An order that is not known is a KeyError, which is a 500.

check: test_bad_values
says: order='id' came back 500
"""


async def archive(request: web.Request) -> web.Response:
    """Give out a page of the posts, and the address of the next one."""
    order = request.query.get("order", "newest")
    limit = number_of(request, "limit", default=3, among=range(1, 51))
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
