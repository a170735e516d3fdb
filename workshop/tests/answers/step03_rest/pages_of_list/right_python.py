"""All posts are read; Python sorts them and cuts the page out."""


KEYS = {"newest": lambda post: -post.id, "title": lambda post: (post.title, post.id)}


async def archive(request: web.Request) -> web.Response:
    """Give out a page of the posts, and the address of the next one."""
    order = request.query.get("order", "newest")
    if order not in KEYS:
        raise web.HTTPBadRequest(text=f"order: {' or '.join(KEYS)}")
    limit = number_of(request, "limit", 3, range(1, 51))
    offset = number_of(request, "offset", 0, range(1_000_000))
    async with transaction(request) as db:
        listed = sorted(await store.list_from(db, 0, -1), key=KEYS[order])
    end = offset + limit
    after = f"/api/archive?order={order}&limit={limit}&offset={end}"
    return web.json_response(
        {
            "posts": [asdict(post) for post in listed[offset:end]],
            "next": after if end < len(listed) else None,
        }
    )
