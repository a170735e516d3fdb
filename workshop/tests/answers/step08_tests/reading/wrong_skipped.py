# whole
"""A test that is skipped.

check: test_right
says: It was skipped
"""

import pytest

from steps.step08_tests.tests.people import Client


@pytest.mark.skip(reason="later")
async def test_read(client: Client) -> None:
    assert (await client.get("/api/posts/1")).status == 200
