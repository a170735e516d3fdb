"""What the client sends is put into the SQL: it may be any column, or any SQL at all.

check: test_bad_values
says: order='id' came back 200
"""


async def archive(request: web.Request) -> web.Response:
    """Give out a page of the posts, and the address of the next one."""
    order = request.query.get("order", "newest")
    by = "id DESC" if order == "newest" else order
    sql = f"SELECT id, title, text, owner, editor FROM posts ORDER BY {by} LIMIT :limit OFFSET :offset"
    limit = number_of(request, "limit", default=3, among=range(1, 51))
    offset = number_of(request, "offset", default=0, among=range(10**6))
    async with transaction(request) as db:
        listed = await store.fetch(db, sql, {"limit": limit + 1, "offset": offset})
    more = request.rel_url.with_query(order=order, limit=limit, offset=offset + limit)
    return web.json_response(
        {
            "posts": [asdict(post) for post in listed[:limit]],
            "next": str(more) if len(listed) > limit else None,
        }
    )
