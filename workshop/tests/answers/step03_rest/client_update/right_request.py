"""`request` with the method's name, and `match` over the status."""


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
        answer = await self._session.request("PATCH", f"/api/posts/{number}", json=values)
        async with answer:
            match answer.status:
                case 200:
                    return post_of(await answer.json())
                case _:
                    raise await error_of(answer)
