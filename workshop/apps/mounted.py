"""An app below a path prefix, such as /user/ada/step03/, and at a Unix socket if one is named.

`python -m workshop.apps.mounted steps.step03_rest.app`, which a hub starts by way of
`python -m workshop run step03 --socket … --prefix …`.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

from aiohttp import web

from workshop.apps import ports


def mount(app: web.Application, prefix: str) -> None:
    """Move all routes of an app that has not started below a prefix, for `url_for` too."""
    router = app.router
    for resource in list(router.resources()):
        router.unindex_resource(resource)
        resource.add_prefix(prefix)
        router.index_resource(resource)

    async def add_prefix(request: web.Request, response: web.StreamResponse) -> None:
        """Put the prefix before the target of a redirect to a path of the app."""
        target = response.headers.get("Location", "")
        inside = target == prefix or target.startswith(f"{prefix}/")
        if target.startswith("/") and not target.startswith("//") and not inside:
            response.headers["Location"] = prefix + target

    app.on_response_prepare.append(add_prefix)


def serve(app: web.Application, **settings: Any) -> None:
    """Call `run_app` with the settings of the app's `main`, but below the prefix, at the socket."""
    if prefix := os.environ.get("WORKSHOP_PREFIX", "").rstrip("/"):
        mount(app, prefix)
    place: dict[str, Any] = {"host": ports.HOST, "port": int(os.environ["PORT"])}
    if socket := os.environ.get("WORKSHOP_SOCKET"):
        place = {"path": socket}
    run_app(app, **{name: settings[name] for name in settings.keys() - {"host", "port"}}, **place)


def main() -> None:
    """Serve the app of a module until it is stopped, by its `main` if it has one."""
    web.run_app = serve  # type: ignore[assignment]
    module = importlib.import_module(sys.argv[1])
    if hasattr(module, "main"):
        module.main()
    else:
        serve(module.create_app())


run_app = web.run_app


if __name__ == "__main__":
    main()
