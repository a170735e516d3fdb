"""The JSON of the answer is not awaited.

check: test_returns_the_post
says: await
"""


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
        async with self._session.patch(path, json=values) as response:
            if not response.ok:
                raise await error_of(response)
            return post_of(response.json())
