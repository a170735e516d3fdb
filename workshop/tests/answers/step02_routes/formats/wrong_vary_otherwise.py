"""Vary names a header that nobody sends.

check: test_vary
says: Nothing tells a cache
"""

import csv
import io
import json
import logging
import os

from aiohttp import web

PEOPLE = [{"name": "Ada", "born": 1815}, {"name": "Grace", "born": 1906}]


def as_json() -> str:
    """Return the people as JSON."""
    return json.dumps(PEOPLE)


def as_csv() -> str:
    """Return the people as a table."""
    table = io.StringIO()
    writer = csv.DictWriter(table, ["name", "born"])
    writer.writeheader()
    writer.writerows(PEOPLE)
    return table.getvalue()


FORMATS = {"application/json": as_json, "text/csv": as_csv}


def take_apart(entry: str) -> tuple[str, float]:
    """Return name and weight: "text/csv;q=0.5" gives ("text/csv", 0.5)."""
    name, *parameters = (part.strip() for part in entry.lower().split(";"))
    weights = [part.removeprefix("q=") for part in parameters if part.startswith("q=")]
    try:
        return name, max(0.0, float(weights[0])) if weights else 1.0
    except ValueError:
        return name, 0.0


def quality(offer: str, accept: str) -> float:
    """Return how much the client likes a format: the most exact entry decides, 0 means no."""
    weights = dict(take_apart(entry) for entry in accept.split(","))
    family = offer.partition("/")[0] + "/*"
    for name in (offer, family, "*/*"):
        if name in weights:
            return weights[name]
    return 0.0


async def people(request: web.Request) -> web.Response:
    """Show the people in the format that the client likes best."""
    accept = request.headers.get("Accept") or "*/*"
    kind = max(FORMATS, key=lambda offer: quality(offer, accept))
    if quality(kind, accept) == 0:
        raise web.HTTPNotAcceptable(text=f"The people come as {' or '.join(FORMATS)}")
    return web.Response(text=FORMATS[kind](), content_type=kind, headers={"Vary": "Accept-Format"})


def create_app() -> web.Application:
    """Make the application and tell it which handler answers what."""
    app = web.Application()
    app.add_routes([web.get("/people", people)])
    return app


def main() -> None:
    """Serve the people on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
