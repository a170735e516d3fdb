"""The fields are named one by one, and the JSON is made by hand."""

import asyncio
import json
import os
from collections.abc import Mapping
from dataclasses import fields
from types import TracebackType
from typing import Any, Self

import click
from aiohttp import ClientResponse, ClientSession, ClientTimeout

from steps.step03_rest.posts import Post


def post_of(data: Mapping[str, Any]) -> Post:
    """Make a post of an answer."""
    return Post(
        id=data["id"],
        title=data["title"],
        text=data["text"],
        owner=data["owner"],
        editor=data["editor"],
    )


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
        path = f"/api/posts/{number}"
        async with self._session.patch(
            path, data=json.dumps(values), headers={"Content-Type": "application/json"}
        ) as response:
            if not response.ok:
                raise await error_of(response)
            return post_of(await response.json())
