# whole
"""All of it in one test."""

from steps.step08_tests.tests.people import Client


async def test_reading(client: Client) -> None:
    listed = (await (await client.get("/api/posts")).json())["posts"]
    assert [post["owner"] for post in listed] == ["Ada", "Grace"]
    for post in listed:
        response = await client.get(f"/api/posts/{post['id']}")
        assert await response.json() == post
        assert post["text"]
    assert (await client.get("/api/posts/3")).status == 404
