"""The task is cancelled, and nobody waits until it has ended.

check: test_stops
says: work() still ran when the block had ended
"""


@asynccontextmanager
async def serve(app: web.Application, work: Work, host: str, port: int) -> AsyncIterator[int]:
    """Serve the app while `work()` runs beside it; give the port, and stop both at the end."""
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        task = asyncio.create_task(work())
        try:
            yield site.port
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                task
    finally:
        await runner.cleanup()
