"""Answer with the name of the step.

`GET /` answers with status 200 and the text `$title`.
"""

import pytest

pytestmark = pytest.mark.exercise(number=1, minutes=5, when="room")


@pytest.mark.hint(
    "A handler returns a response; its status is 200 unless you say otherwise.",
    "`return web.Response(text=...)`",
)
async def test_status(client):
    """GET / answers 200."""
    response = await client.get("/")
    assert response.status == 200


@pytest.mark.hint(
    "A response with a text says by itself what kind of text it is.",
    "`web.Response(text=...)` is plain text.",
)
async def test_content_type(client):
    """GET / says that the answer is plain text."""
    response = await client.get("/")
    assert response.status == 200
    assert response.content_type == "text/plain"


@pytest.mark.hint("Look at the task for the exact text.", 'Its text is "$title".')
async def test_names_the_step(client):
    """GET / answers with the name of the step."""
    response = await client.get("/")
    assert response.status == 200
    assert await response.text() == "$title"
