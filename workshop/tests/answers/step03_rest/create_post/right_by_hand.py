"""The fields are looked at one by one, the SQL is written out, the path too."""


NAMES = ("title", "text", "owner")
SQL = "INSERT INTO posts (title, text, owner, editor) VALUES (?, ?, ?, ?)"


def read_or_422(data: Mapping[str, object]) -> Mapping[str, str]:
    """Return the fields of a new post; refuse the request when one is no good."""
    for name in NAMES:
        if not isinstance(data.get(name), str):
            raise web.HTTPUnprocessableEntity(text=f"{name} is missing, or no text")
        if not data[name].strip():
            raise web.HTTPUnprocessableEntity(text=f"{name} is empty")
    return {name: data[name] for name in NAMES}


async def create_post(request: web.Request) -> web.Response:
    """Keep a new post and say where it is."""
    fields = read_or_422(await read_object(request))
    values = [*fields.values(), fields["owner"]]
    async with transaction(request) as db:
        cursor = await db.execute(SQL, values)
        number = cursor.lastrowid
    post = {"id": number, "editor": fields["owner"], **fields}
    response = web.json_response(post, status=201)
    response.headers["Location"] = f"/api/posts/{number}"
    return response
