"""The function calls itself, with one attempt less."""


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
        attempts = self.attempts if request.method in HARMLESS else 1
        return await self._send(request, handler, attempts, self.first)

    async def _send(self, request, handler, attempts, pause):
        """Send it, and leave the rest to another call."""
        try:
            response = await handler(request)
            if attempts == 1 or response.status not in PASSING:
                return response
            await response.read()
        except ClientConnectionError:
            if attempts == 1:
                raise
        await self.sleep(pause)
        return await self._send(request, handler, attempts - 1, 2 * pause)
