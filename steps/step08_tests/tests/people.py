"""People who use the blog in the tests."""

from dataclasses import dataclass

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient

Client = TestClient[web.Request, web.Application]
PASSWORD = "it weaves flowers"  # noqa: S105 - made up
POST = {"title": "On loops", "text": "A loop waits."}


@dataclass(frozen=True, slots=True)
class Browser:
    """Keeps cookies, and sends forms as our pages do."""

    client: Client

    async def page(self, path: str) -> str:
        """Return a page that must be there."""
        response = await self.client.get(path)
        assert response.status == 200, path
        return await response.text()

    async def send(self, path: str, **fields: str) -> ClientResponse:
        """Send a form with the token that our pages put into it; go nowhere afterwards."""
        token = (await self.page("/login")).partition('name="csrf" value="')[2].partition('"')[0]
        data = {"csrf": token, **fields}
        return await self.client.post(path, data=data, allow_redirects=False)

    async def log_in(self, name: str) -> None:
        """Become a user."""
        response = await self.send("/login", name=name, password=PASSWORD)
        assert response.status == 303
