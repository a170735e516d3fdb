"""After the last attempt it raises an error of its own.

check: test_gives_up
says: gave up
"""


@dataclass(frozen=True)
class Retry:
    """Sends a request again when that may help, after longer and longer pauses."""

    attempts: int = 4
    """So often it is sent at most."""
    first: float = 0.5
    """The first pause (seconds); each other is twice the one before."""
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep

    async def __call__(self, request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        """Send the request by `handler(request)`, again if need be; return the last answer."""
        pause = self.first
        attempts = self.attempts if request.method in HARMLESS else 1
        for number in range(attempts):
            if number:
                await self.sleep(pause * 2 ** (number - 1))
            try:
                response = await handler(request)
                if response.status not in PASSING:
                    return response
            except ClientConnectionError:
                if number == attempts - 1:
                    raise
        raise RuntimeError("gave up")
