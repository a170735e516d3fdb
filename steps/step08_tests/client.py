"""The blog from the other side: a client for its API."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import fields
from types import TracebackType
from typing import Any, Self

from aiohttp import ClientResponse, ClientSession, ClientTimeout

from .posts import Post


class RefusedError(Exception):
    """The server said no: with which status, and why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{reason} ({status})")
        self.status = status
        self.reason = reason


def post_of(data: Mapping[str, Any]) -> Post:
    """Make a post of an answer; fields that this client does not know are left out."""
    return Post(**{field.name: data[field.name] for field in fields(Post)})


async def reason_of(response: ClientResponse) -> str:
    """Return the server's reason, whoever answered in its place."""
    try:
        return str((await response.json(content_type=None))["error"]["reason"])
    except (ValueError, LookupError, TypeError):
        return response.reason or "no reason given"


class Client:
    """Use it as `async with Client("http://127.0.0.1:8080") as blog:`."""

    def __init__(self, server: str) -> None:
        self._server = server

    async def __aenter__(self) -> Self:
        self._session = ClientSession(self._server, timeout=ClientTimeout(total=10))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def _ask(self, method: str, path: str, data: Mapping[str, str] | None = None) -> Any:
        async with self._session.request(method, path, json=data) as response:
            if not response.ok:
                raise RefusedError(response.status, await reason_of(response))
            return None if response.status == 204 else await response.json()

    async def login(self, name: str, password: str) -> None:
        """Log in: every request from now on says who asks."""
        answer = await self._ask("POST", "/api/login", {"name": name, "password": password})
        self._session.headers["Authorization"] = f"Bearer {answer['token']}"

    async def logout(self) -> None:
        """Make the token of the login worthless."""
        await self._ask("DELETE", "/api/login")

    async def posts(self) -> AsyncIterator[Post]:
        """Yield all posts, page by page."""
        path: str | None = "/api/posts?limit=100"
        while path:
            page = await self._ask("GET", path)
            for data in page["posts"]:
                yield post_of(data)
            path = page["next"]

    async def read(self, number: int) -> Post:
        """Return one post."""
        return post_of(await self._ask("GET", f"/api/posts/{number}"))

    async def create(self, **values: str) -> Post:
        """Make a post of a title and a text."""
        return post_of(await self._ask("POST", "/api/posts", values))

    async def update(self, number: int, **values: str) -> Post:
        """Change some fields of a post."""
        return post_of(await self._ask("PATCH", f"/api/posts/{number}", values))

    async def delete(self, number: int) -> None:
        """Take a post out of the blog."""
        await self._ask("DELETE", f"/api/posts/{number}")
