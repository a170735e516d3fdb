"""A `for` loop over the pauses; the last attempt stands below it."""


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
        repeats = self.attempts - 1 if request.method in HARMLESS else 0
        for number in range(repeats):
            try:
                response = await handler(request)
                if response.status not in PASSING:
                    return response
                response.close()
            except ClientConnectionError:
                pass
            await self.sleep(self.first * 2**number)
        return await handler(request)
