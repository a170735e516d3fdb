"""The number of all posts says whether there is another page."""


async def archive(request: web.Request) -> web.Response:
    """Give out a page of the posts, and the address of the next one."""
    order = request.query.get("order", "newest")
    if order not in SQL:
        raise web.HTTPBadRequest(text=f"order must be {' or '.join(SQL)}")
    limit = number_of(request, "limit", default=3, among=range(1, 51))
    offset = number_of(request, "offset", default=0, among=range(10**6))
    async with transaction(request) as db:
        listed = await store.fetch(db, SQL[order], {"limit": limit, "offset": offset})
        [(total,)] = await db.execute_fetchall("SELECT count(*) FROM posts")
    more = request.rel_url.with_query(order=order, limit=limit, offset=offset + limit)
    return web.json_response(
        {
            "posts": [asdict(post) for post in listed[:limit]],
            "next": str(more) if offset + limit < total else None,
        }
    )
