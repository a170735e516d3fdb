# whole
"""It waits for what never comes.

check: test_right
says: still waiting after 2 seconds
"""

import asyncio

from steps.step08_tests.tests.people import Client


async def test_read(client: Client) -> None:
    done = asyncio.Event()
    response = await client.get("/api/posts/1")
    await done.wait()
    assert response.status == 200
