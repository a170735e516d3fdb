# whole
"""The tests are no coroutines.

check: test_right
says: async
"""

from steps.step08_tests.tests.people import Client


def test_read(client: Client) -> None:
    response = client.get("/api/posts/1")
    assert response.status == 200
