"""Build a resource.

A note lives at `/notes/{name}` and is plain text; the methods say what happens to it.
`PUT` keeps the body as the note: 201 when it is new, 204 when it replaces one.
`GET` shows it, `DELETE` throws it away with 204; both answer 404 when there is none.
`HEAD` answers like `GET`, without the body.
Any other method is a 405, and its header `Allow` names the four methods above.
"""

import pytest

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=5, minutes=15, when="stretch")


@pytest.mark.hint(
    "`web.view(path, Note)` sends every method of a path to a class.",
    "An object of the class is made for each request; `self.notes` is the app's, so it stays.",
    "`await self.request.read()` is the body of the request, as bytes.",
    '`web.Response(body=..., content_type="text/plain")` sends bytes.',
)
async def test_put_and_get(client):
    """PUT keeps a note with 201; GET answers with the note of that name as plain text."""
    for name in "ada", "grace":
        response = await client.put(f"/notes/{name}", data=f"The note of {name}".encode())
        assert response.status == 201, cause(
            204,
            when=name == "grace",
            what="Grace has no note yet, and her PUT is told to replace one.",
            do="Keep each note under its own name: `self.notes[self.name] = …`.",
        )
    for name in "ada", "grace":
        response = await client.get(f"/notes/{name}")
        assert response.status == 200, cause(
            404,
            what="What PUT kept is not there any more at the next request.",
            do="Keep it in `self.notes`, which is the app's: the object is a new one each time.",
        )
        assert response.content_type == "text/plain"
        assert await response.text() == f"The note of {name}"


@pytest.mark.hint(
    "Look whether the name is there before you keep the note.",
    "201 says created; 204 says done, and nothing to read.",
)
async def test_put_again(client):
    """PUT on a name that has a note replaces it and answers 204."""
    for body, wanted in (b"first", 201), (b"second", 204):
        response = await client.put("/notes/ada", data=body)
        assert response.status == wanted, cause(
            201,
            what="201 says that a note is new, and this one took the place of another.",
            do="Ask whether `self.name` is in `self.notes` before you keep it; then answer 204.",
        )
    response = await client.get("/notes/ada")
    assert await response.text() == "second"


@pytest.mark.hint(
    "`del self.notes[self.name]` raises KeyError when there is no such note: a 500.",
    "`self.must_exist()` raises the 404 for you. `get` needs it as well.",
)
async def test_delete(client):
    """DELETE answers 204; after it GET and DELETE answer 404."""
    assert (await client.put("/notes/ada", data=b"gone soon")).status == 201
    assert (await client.delete("/notes/ada")).status == 204
    assert (await client.get("/notes/ada")).status == 404
    assert (await client.delete("/notes/ada")).status == 404, cause(
        *(200, 204),
        what="There was no note, and DELETE says that it is done.",
        do="Call `self.must_exist()` first.",
    )


@pytest.mark.hint(
    "`web.get` answers HEAD as well, but a class has only the methods that you write.",
    "Within the class the line `head = get` is enough; the server leaves the body out.",
)
async def test_head(client):
    """HEAD answers like GET, without the body."""
    assert (await client.put("/notes/ada", data=b"12345")).status == 201
    response = await client.head("/notes/ada")
    assert response.status == 200, cause(
        405,
        what="A class answers the methods that it has, and it has no `head`.",
        do="Write `head = get` in the class, below `get`.",
    )
    assert response.content_length == 5
    assert await response.read() == b""


@pytest.mark.hint(
    "A class with a method for each allowed method answers 405 by itself, and fills in Allow.",
    "Allow lists what the class has. Is one of the four missing, or one too many?",
    "Answering by hand? `raise web.HTTPMethodNotAllowed(method, allowed)` sets the header.",
)
async def test_other_methods(client):
    """POST and PATCH answer 405, and Allow names DELETE, GET, HEAD and PUT."""
    for method in "POST", "PATCH":
        response = await client.request(method, "/notes/ada", data=b"?")
        assert response.status == 405, cause(
            *(200, 201, 204),
            what=f"{method} is answered, though the task does not speak of it.",
            do="Leave the method out: a class answers 405 by itself to what it does not have.",
        )
        assert "Allow" in response.headers, "A 405 must have a header Allow." | cause(
            what="Who is refused is not told which methods there are.",
            do="Leave the method out of the class, or `raise web.HTTPMethodNotAllowed(…)`.",
        )
        allowed = {name.strip() for name in response.headers["Allow"].split(",")} - {"OPTIONS"}
        assert sorted(allowed) == ["DELETE", "GET", "HEAD", "PUT"]
