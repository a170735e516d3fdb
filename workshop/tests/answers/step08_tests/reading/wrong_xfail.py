# whole
"""A test that is expected to fail notices nothing.

check: test_right
says: marked `xfail`
"""

import pytest

from steps.step08_tests.tests.people import Client


@pytest.mark.xfail
async def test_read(client: Client) -> None:
    assert (await client.get("/api/posts/1")).status == 404
