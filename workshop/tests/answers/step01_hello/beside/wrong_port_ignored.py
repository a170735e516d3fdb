"""The port that was asked for is not used.

check: test_busy_port
says: another port than serve() was given
"""


@asynccontextmanager
async def serve(app: web.Application, work: Work, host: str, port: int) -> AsyncIterator[int]:
    """Serve the app while `work()` runs beside it; give the port, and stop both at the end."""
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host)
        await site.start()
        task = asyncio.create_task(work())
        try:
            yield site.port
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
    finally:
        await runner.cleanup()
