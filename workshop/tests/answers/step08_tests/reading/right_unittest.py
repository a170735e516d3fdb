# whole
"""A class of unittest's: aiohttp's own, which serves the blog for each test."""

from aiohttp import web
from aiohttp.test_utils import AioHTTPTestCase

from steps.step08_tests.app import create_app


class ReadingTest(AioHTTPTestCase):
    async def get_application(self) -> web.Application:
        return create_app()

    async def test_one(self) -> None:
        response = await self.client.get("/api/posts/2")
        post = await response.json()
        self.assertEqual((post["id"], post["owner"]), (2, "Grace"))
        self.assertIn("first bug", post["text"])

    async def test_none(self) -> None:
        response = await self.client.get("/api/posts/3")
        self.assertEqual(response.status, 404)

    async def test_all(self) -> None:
        response = await self.client.get("/api/posts")
        found = [post["id"] for post in (await response.json())["posts"]]
        self.assertListEqual(found, [1, 2])
