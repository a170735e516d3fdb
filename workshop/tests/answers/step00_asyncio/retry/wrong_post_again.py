"""A POST is sent again as well.

check: test_post
says: POST was sent 2 times
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
        left = self.attempts
        pause = self.first
        while True:
            left -= 1
            try:
                response = await handler(request)
            except ClientConnectionError:
                if not left:
                    raise
            else:
                if not left or response.status not in PASSING:
                    return response
                response.release()  # nobody reads it any more
            await self.sleep(pause)
            pause *= 2
