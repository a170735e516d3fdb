"""An app below an address, such as /user/ada/step03/, and at a Unix socket if one is named.

`python -m workshop.machine.mounted steps.step03_rest.app`, which a hub starts by way of
`python -m workshop run step03 --socket … --prefix …`.
"""

from __future__ import annotations

import importlib
import logging
import os
import sys

from aiohttp import web

from workshop.machine import ports


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


def main() -> None:
    """Serve the app of a module until it is stopped."""
    logging.basicConfig(level=logging.INFO)
    app = importlib.import_module(sys.argv[1]).create_app()
    if prefix := os.environ.get("WORKSHOP_PREFIX", "").rstrip("/"):
        mount(app, prefix)
    if socket := os.environ.get("WORKSHOP_SOCKET"):
        web.run_app(app, path=socket)
    else:
        web.run_app(app, host=ports.HOST, port=int(os.environ["PORT"]))


if __name__ == "__main__":
    main()
