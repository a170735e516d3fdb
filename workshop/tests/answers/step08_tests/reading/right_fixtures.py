# whole
"""Fixtures of pytest's own beside those of the blog, a subtest, and a test for later."""

import pytest

from steps.step08_tests.tests.people import Client


async def test_posts(client: Client, subtests: pytest.Subtests, tmp_path: object) -> None:
    for number, owner in (1, "Ada"), (2, "Grace"):
        with subtests.test(number=number):
            post = await (await client.get(f"/api/posts/{number}")).json()
            assert post["owner"] == owner
            assert post["text"]


async def test_missing(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    assert (await client.get("/api/posts/77")).status == 404
    assert capsys.readouterr().err == ""


async def test_order(client: Client) -> None:
    page = await (await client.get("/api/posts")).json()
    assert page["posts"] == sorted(page["posts"], key=lambda post: post["id"])


@pytest.mark.xfail(reason="the blog has no search yet")
async def test_search(client: Client) -> None:
    assert (await client.get("/api/search?for=moth")).status == 200
