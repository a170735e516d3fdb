"""The aiohttp application of the live course, and the server that runs it until a signal."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import signal
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Middleware

from workshop.apps import ports
from workshop.course import CourseError
from workshop.live import (
    api,
    content_policy,
    context,
    pages,
    request_api,
    security,
    websocket,
)
from workshop.live.connection import Connection, exception_handler
from workshop.live.context import CONTEXT, LiveContext
from workshop.live.json_api import COURSE_ROOT, REQUEST_LIMIT, errors_as_json
from workshop.live.security import OneTimeCodes
from workshop.workspace.session import CourseSession

ROUTES = (api.routes, request_api.routes, websocket.routes)
SHUTDOWN_SECONDS = 0.2
"""Seconds that running requests have at the end."""


def create_app(
    session: CourseSession,
    folder: Path,
    codes: OneTimeCodes,
    guards: Iterable[Middleware] = (*security.GUARDS, *security.INNER_GUARDS),
) -> web.Application:
    """Return the application: the pages of a folder, and the live course under /live/.

    The session runs as long as the application. A browser gets the token for one of the `codes`.
    `guards` are middlewares of `security`; only tests leave one out.
    """
    active = list(guards)
    live_context = LiveContext(session)
    live = web.Application(
        middlewares=[errors_as_json, *(guard for guard in security.INNER_GUARDS if guard in active)]
    )
    live[CONTEXT], live[COURSE_ROOT] = live_context, session.course.root
    for routes in ROUTES:
        live.add_routes(routes)
    app = web.Application(
        middlewares=[guard for guard in security.GUARDS if guard in active],
        client_max_size=REQUEST_LIMIT,
    )
    door = web.Application(
        middlewares=[
            errors_as_json,
            *(guard for guard in (security.check_origin,) if guard in active),
        ]
    )
    door.add_routes(security.routes)
    app[CONTEXT], app[security.CODES], app[pages.PAGES] = live_context, codes, folder
    app.on_response_prepare.append(content_policy.add_security_headers)
    app.cleanup_ctx.append(context.run_session)
    app.on_shutdown.append(context.close_all)
    app.add_subapp("/live/", live)
    app.add_subapp("/door/", door)
    app.router.add_get("/{path:.*}", pages.page)
    return app


async def serve(app: web.Application, port: int, ready: Callable[[], None]) -> None:
    """Serve an application on this machine until a signal; call `ready` once it listens.

    Raises CourseError when the port is taken.
    """
    stop = asyncio.Event()
    async with listening(app, port):
        _set_on_signal(stop)
        ready()
        await stop.wait()


@contextlib.asynccontextmanager
async def listening(app: web.Application, port: int) -> AsyncIterator[int]:
    """Serve an application on this machine inside the block; gives the port, a free one for 0.

    Raises CourseError when the port is taken.
    """
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(exception_handler())
    runner = web.AppRunner(app, shutdown_timeout=SHUTDOWN_SECONDS)
    await runner.setup()
    assert runner.server
    connect = functools.partial(Connection, runner.server, loop)
    try:
        try:
            server = await loop.create_server(connect, ports.HOST, port)
        except OSError as error:
            raise CourseError(ports.taken_sentence(port)) from error
        try:
            yield int(server.sockets[0].getsockname()[1])
        finally:
            server.close()
    finally:
        await runner.cleanup()


def _set_on_signal(stop: asyncio.Event) -> None:
    """Set an event on SIGINT, SIGTERM or SIGHUP.

    Windows has no signal handlers of a loop: there Ctrl-C cancels what runs.
    """
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        with contextlib.suppress(NotImplementedError, AttributeError):
            loop.add_signal_handler(getattr(signal, name), stop.set)
