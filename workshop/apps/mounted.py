"""An app below an address, such as /user/ada/step03/, and at a Unix socket if one is named.

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
    """Let an app that has not started yet answer below a prefix; its `url_for` knows it too."""
    router = app.router
    for resource in list(router.resources()):
        router.unindex_resource(resource)
        resource.add_prefix(prefix)
        router.index_resource(resource)

    async def stay(request: web.Request, response: web.StreamResponse) -> None:
        """Lead a redirect to a path of the app's own below the prefix as well."""
        target = response.headers.get("Location", "")
        inside = target == prefix or target.startswith(f"{prefix}/")
        if target.startswith("/") and not target.startswith("//") and not inside:
            response.headers["Location"] = prefix + target

    app.on_response_prepare.append(stay)


def serve(app: web.Application, **settings: Any) -> None:
    """Serve an app as its own `main` wants it, but below the prefix, and at the socket if any."""
    if prefix := os.environ.get("WORKSHOP_PREFIX", "").rstrip("/"):
        mount(app, prefix)
    place: dict[str, Any] = {"host": ports.HOST, "port": int(os.environ["PORT"])}
    if socket := os.environ.get("WORKSHOP_SOCKET"):
        place = {"path": socket}
    run_app(app, **{name: settings[name] for name in settings.keys() - {"host", "port"}}, **place)


def main() -> None:
    """Serve the app of a module until it is stopped: its `main`, if any, says what it logs."""
    web.run_app = serve  # type: ignore[assignment]
    module = importlib.import_module(sys.argv[1])
    if hasattr(module, "main"):
        module.main()
    else:
        serve(module.create_app())


run_app = web.run_app


if __name__ == "__main__":
    main()
