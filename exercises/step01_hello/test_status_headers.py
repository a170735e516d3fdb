"""Set the status and headers.

Three handlers pretend to be a blog; nothing is stored yet:

- `GET /posts/1` answers 200 with the text `POST` and two headers:
  `Cache-Control: max-age=60`, and `X-Words` with the number of words in the text.
- `HEAD /posts/1` answers like `GET`, without the body.
- `POST /posts` answers 201 (created), and the header `Location: /posts/1` says where.
- `DELETE /posts/1` answers 204 (no content), without a body.
- Whoever asks next is answered alike.
"""

import pytest
from yarl import URL

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=3, minutes=8, when="home")


@pytest.mark.hint(
    "This is the answer you know from `plain_text`.",
    "Return `web.Response(text=POST)`; the headers come next.",
)
async def test_read(client):
    """GET /posts/1 answers 200 with the text of the post."""
    for _ in range(2):
        response = await client.get("/posts/1")
        assert response.status == 200
        assert (await response.text()).strip() == "Notes on the Analytical Engine"


@pytest.mark.hint(
    "`web.Response` takes a dictionary of headers.",
    'Give it `headers={"Cache-Control": "max-age=60"}`.',
)
async def test_cache_control(client):
    """GET /posts/1 may be kept for 60 seconds: Cache-Control says so."""
    response = await client.get("/posts/1")
    assert response.status == 200
    assert response.headers.get("Cache-Control") == "max-age=60", cause(
        None,
        when="Cache_Control" in response.headers,
        what="The header is called `Cache_Control` here: a name that no browser knows.",
        do="Spell it `Cache-Control`, with a dash.",
    ) | cause(
        None,
        what="The answer has no such header when it is returned.",
        do='Give `headers={"Cache-Control": "max-age=60"}` to the response that you return.',
    )


@pytest.mark.hint(
    "`POST.split()` is the list of words.",
    "A header's value is text: with a number in it, the server fails before it can answer.",
    'Add `"X-Words": str(len(POST.split()))` to the dictionary of headers.',
)
async def test_words(client):
    """GET /posts/1 tells in X-Words how many words the text has."""
    response = await client.get("/posts/1")
    assert response.status == 200
    text = await response.text()
    assert response.headers.get("X-Words") == str(len(text.split())), cause(
        f"{len(text)}",
        f"{len(text.strip())}",
        what="The letters were counted, not the words.",
        do="Count what `POST.split()` gives: a list of the words.",
    ) | cause(
        None,
        what="The answer has no header `X-Words`.",
        do='Add `"X-Words": str(len(POST.split()))` to the dictionary of headers.',
    )


@pytest.mark.hint(
    "`HEAD` asks for status and headers only. Do you need a handler for it?",
    "`web.get` answers `HEAD` as well, with the handler for `GET`, and leaves the body out.",
)
async def test_head(client):
    """HEAD /posts/1 answers with the headers of GET and without a body."""
    response = await client.head("/posts/1")
    assert response.status == 200
    assert response.headers.get("Cache-Control") == "max-age=60", cause(
        None,
        what="HEAD is answered with other headers than GET.",
        do="Leave HEAD to `web.get`: it calls the handler for GET, and leaves the body out.",
    )
    assert await response.read() == b""


@pytest.mark.hint(
    "The status is the argument `status=` of `web.Response`.",
    "`Location` is a header, like `Cache-Control`.",
    'Give `status=201` and `headers={"Location": "/posts/1"}`.',
)
async def test_create(client):
    """POST /posts answers 201, and Location is /posts/1."""
    for _ in range(2):
        response = await client.post("/posts")
        assert response.status == 201, cause(
            200,
            what="An answer has the status 200, unless it is given another.",
            do="Give `status=201` to `web.Response`.",
        )
        assert "Location" in response.headers, "The answer must have a header Location." | cause(
            what="Nothing but this header tells a program where the new post is.",
            do='Give `headers={"Location": "/posts/1"}` to the response.',
        )
        assert response.url.join(URL(response.headers["Location"])).path == "/posts/1", cause(
            "/posts",
            what="This is the address of the list, not of the new post.",
            do="Let the header `Location` be `/posts/1`.",
        )


@pytest.mark.hint(
    "204 means *no content*: there is nothing to say.",
    "Return `web.Response(status=204)`, without a text.",
)
async def test_delete(client):
    """DELETE /posts/1 answers 204 without a body."""
    for _ in range(2):
        response = await client.delete("/posts/1")
        assert response.status == 204, cause(
            200,
            what="An answer has the status 200, also an empty one, unless it is given another.",
            do="Return `web.Response(status=204)`.",
        )
        assert await response.read() == b""
