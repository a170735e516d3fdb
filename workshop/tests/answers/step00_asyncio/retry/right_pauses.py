"""The pauses are a list; the method is looked at first."""


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
        if request.method not in HARMLESS:
            return await handler(request)
        pauses = [self.first * 2**number for number in range(self.attempts - 1)]
        for pause in [*pauses, None]:
            response = None
            try:
                response = await handler(request)
            except ClientConnectionError:
                if pause is None:
                    raise
            if response is not None and (response.status not in PASSING or pause is None):
                return response
            await self.sleep(pause)
