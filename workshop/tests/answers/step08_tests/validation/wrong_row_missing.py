"""No row leaves a field out.

check: test_absent
says: came past the fault and passed
"""


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        pytest.param('{"title": "On loops", "text": "It waits."}', "text/plain", 415, id="kind"),
        pytest.param('{"title": 5, "text": "It waits."}', JSON, 422, id="number"),
        pytest.param('{"title": "  ", "text": "It waits."}', JSON, 422, id="blank"),
        pytest.param(f'{{"title": "{"o" * 101}", "text": "It waits."}}', JSON, 422, id="long"),
        pytest.param('["On loops", "It waits."]', JSON, 422, id="list"),
    ],
)
async def test_create_refuses(program: Client, body: str, kind: str, status: int) -> None:
    """A post that cannot be one is refused, with the status that says why."""
    headers = {"Content-Type": kind}
    response = await program.post("/api/posts", data=body, headers=headers)
    assert response.status == status
