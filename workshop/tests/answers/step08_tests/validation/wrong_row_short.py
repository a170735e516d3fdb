"""A row has two values for three names.

check: test_right
says: must be equal to the number of values
"""


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        pytest.param('{"title": "On loops", "text": "It waits."}', "text/plain", 415, id="kind"),
        pytest.param('{"title": 5, "text": "It waits."}', 422, id="number"),
    ],
)
async def test_create_refuses(program: Client, body: str, kind: str, status: int) -> None:
    """A post that cannot be one is refused, with the status that says why."""
    response = await program.post("/api/posts", data=body, headers={"Content-Type": kind})
    assert response.status == status
