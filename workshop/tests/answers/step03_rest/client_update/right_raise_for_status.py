"""`raise_for_status` says no; the reason has been read before."""

import asyncio
import os
from collections.abc import Mapping
from dataclasses import fields
from types import TracebackType
from typing import Any, Self

import click
from aiohttp import ClientResponse, ClientResponseError, ClientSession, ClientTimeout

from steps.step03_rest.posts import Post


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

    async def update(self, number: int, **values: str) -> Post:
        """Change some fields of a post, and return what became of it."""
        async with self._session.patch(f"/api/posts/{number}", json=values) as response:
            await response.read()
            try:
                response.raise_for_status()
            except ClientResponseError:
                raise await error_of(response) from None
            known = {field.name for field in fields(Post)}
            data = await response.json()
            return Post(**{name: value for name, value in data.items() if name in known})
