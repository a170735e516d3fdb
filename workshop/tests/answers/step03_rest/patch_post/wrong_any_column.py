"""The name of a field is put into the SQL, so the owner can be changed too.

check: test_other_fields
says: {"owner": "Alan"} must be refused
"""


def read_changes(data: Mapping[str, object]) -> dict[str, str]:
    """Return the fields that are to change."""
    if not data:
        raise ValueError("Send title or text")
    return {name: text_of(data, name, LIMITS.get(name, 100)) for name in data}


async def patch_post(request: web.Request) -> web.Response:
    """Change some fields of a post and answer with what became of it."""
    fields = read_or_422(read_changes, await read_json(request))
    number = id_of(request)
    async with transaction(request) as db:
        for name, value in fields.items():
            await db.execute(f"UPDATE posts SET {name} = :value WHERE id = :id", {"value": value, "id": number})
        post = or_404(await store.find(db, number))
    return web.json_response(asdict(post))
