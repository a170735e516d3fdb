"""Answer with plain text.

Put your own name to a first server:

- `GET /` answers with status 200 and plain text.
- The text starts with `Hello from ` and goes on with a name: yours, or `Ada`.
- Whoever asks next is answered alike.
"""

import pytest

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=1, minutes=5, when="room")


@pytest.mark.hint(
    "The stub answers 501, which means *not implemented*. Replace that line.",
    "A `web.Response` has status 200 unless you say otherwise, and the handler must `return` it.",
)
async def test_status(client):
    """GET / answers 200."""
    response = await client.get("/")
    assert response.status == 200


@pytest.mark.hint(
    "The header `Content-Type` tells a browser what it gets.",
    "`web.Response(text=...)` is plain text by itself; no other argument is needed.",
)
async def test_content_type(client):
    """GET / says that the answer is plain text."""
    response = await client.get("/")
    assert response.status == 200
    assert response.content_type == "text/plain"


@pytest.mark.hint(
    "Look at capitals and spaces: `Hello from `, then a name.",
    'Write `return web.Response(text="Hello from Ada")`, with your name if you like.',
)
async def test_greeting(client):
    """The text is "Hello from" and a name."""
    for _ in range(2):
        response = await client.get("/")
        assert response.status == 200
        text = await response.text()
        greeting, name = text[:11], text[11:].strip()
        assert greeting == "Hello from "
        assert name, 'After "Hello from " a name must follow.' | cause(
            what="The text ends where the name should stand.",
            do='Write `return web.Response(text="Hello from Ada")`, with your name if you like.',
        )
