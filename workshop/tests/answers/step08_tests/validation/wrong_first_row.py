# whole
"""The table has the one row that was there.

check: test_number
says: came past the fault and passed
"""

import pytest

from steps.step08_tests.tests.people import Client


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        pytest.param('{"title": "On loops", "text": "It waits."}', "text/plain", 415, id="kind"),
    ],
)
async def test_create_refuses(program: Client, body: str, kind: str, status: int) -> None:
    """A post that cannot be one is refused, with the status that says why."""
    response = await program.post("/api/posts", data=body, headers={"Content-Type": kind})
    assert response.status == status
