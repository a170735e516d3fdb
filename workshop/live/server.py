"""The live course as an application, and as a server that ends well."""

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
from workshop.live.connection import Connection, told_once
from workshop.live.context import CONTEXT, LiveContext
from workshop.live.json_api import COURSE, REQUEST_LIMIT, sentences
from workshop.live.security import Invitation
from workshop.workspace.session import CourseSession

ROUTES = (api.routes, request_api.routes, websocket.routes)
LINGER = 0.2
"""Seconds that a request under way has at the end."""


def create_app(
    session: CourseSession,
    folder: Path,
    invitation: Invitation,
    guards: Iterable[Middleware] = (*security.GUARDS, *security.INNER_GUARDS),
) -> web.Application:
    """Return the application: the pages of a folder, and the live course under /live/.

    The session runs as long as the application. The invitation lets a browser in. `guards` are
    those of the door; only its tests leave one out.
    """
    chosen = list(guards)
    live_context = LiveContext(session)
    live = web.Application(
        middlewares=[sentences, *(guard for guard in security.INNER_GUARDS if guard in chosen)]
    )
    live[CONTEXT], live[COURSE] = live_context, session.course.root
    for routes in ROUTES:
        live.add_routes(routes)
    app = web.Application(
        middlewares=[guard for guard in security.GUARDS if guard in chosen],
        client_max_size=REQUEST_LIMIT,
    )
    entrance = web.Application(
        middlewares=[sentences, *(guard for guard in (security.only_own,) if guard in chosen)]
    )
    entrance.add_routes(security.routes)
    app[CONTEXT], app[security.INVITATION], app[pages.PAGES] = live_context, invitation, folder
    app.on_response_prepare.append(content_policy.protect)
    app.cleanup_ctx.append(context.run_session)
    app.on_shutdown.append(context.close_all)
    app.add_subapp("/live/", live)
    app.add_subapp("/door/", entrance)
    app.router.add_get("/{path:.*}", pages.page)
    return app


async def serve(app: web.Application, port: int, ready: Callable[[], None]) -> None:
    """Serve an application on this machine until it is told to stop; `ready` is called before.

    Raises CourseError when the port is taken.
    """
    stop = asyncio.Event()
    async with listening(app, port):
        _listen_for_the_end(stop)
        ready()
        await stop.wait()


@contextlib.asynccontextmanager
async def listening(app: web.Application, port: int) -> AsyncIterator[int]:
    """Serve an application on this machine inside the block; gives the port, a free one for 0.

    Raises CourseError when the port is taken.
    """
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(told_once())
    runner = web.AppRunner(app, shutdown_timeout=LINGER)
    await runner.setup()
    assert runner.server
    connect = functools.partial(Connection, runner.server, loop)
    try:
        try:
            server = await loop.create_server(connect, ports.HOST, port)
        except OSError as error:
            raise CourseError(ports.busy(port)) from error
        try:
            yield int(server.sockets[0].getsockname()[1])
        finally:
            server.close()
    finally:
        await runner.cleanup()


def _listen_for_the_end(stop: asyncio.Event) -> None:
    """Let Ctrl-C, a closed terminal and the system's own word set the event.

    Windows has no such handlers: there Ctrl-C cancels whatever runs.
    """
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        with contextlib.suppress(NotImplementedError, AttributeError):
            loop.add_signal_handler(getattr(signal, name), stop.set)
