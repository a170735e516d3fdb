"""It pauses once more, though nothing is tried after it.

check: test_gives_up
says: there is no pause after the last
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
            try:
                response = await handler(request)
            except ClientConnectionError:
                if number == attempts - 1:
                    raise
            else:
                if response.status not in PASSING:
                    return response
            await self.sleep(pause)
            pause *= 2
        return response
