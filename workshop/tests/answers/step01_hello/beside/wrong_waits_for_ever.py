"""It waits for ever before the yield, and not for the work.

check: test_answers
says: it waits in line 51 for `await asyncio.Event().wait()`
"""


@asynccontextmanager
async def serve(app: web.Application, work: Work, host: str, port: int) -> AsyncIterator[int]:
    """Serve the app while `work()` runs beside it; give the port, and stop both at the end."""
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        await asyncio.Event().wait()
        task = asyncio.create_task(work())
        try:
            yield site.port
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
    finally:
        await runner.cleanup()
