"""How pages look: templates, their filters, and the files that belong to them."""

import re
import sys
from functools import cache
from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web
from aiohttp.typedefs import Handler
from markupsafe import Markup

HERE = Path(__file__).parent
YEAR = "public, max-age=31536000, immutable"
"""For what never changes: a browser keeps it for a year and does not ask again."""


def paragraphs(text: str) -> Markup:
    """Make a paragraph of what stands between blank lines; all else in the text stays text."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return Markup("\n").join(Markup("<p>{}</p>").format(part) for part in parts)


def is_static(name: str) -> bool:
    """Tell whether there is a static file of that name."""
    try:
        return (HERE / "static" / name).is_file()
    except OSError:  # no file can have so long a name
        return False


@web.middleware
async def keep_static(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let browsers keep a static file of this version; one that is not there is a plain 404."""
    if request.match_info.route.name != "static":
        return await handler(request)
    name = request.match_info["filename"]
    if not is_static(name):
        raise web.HTTPNotFound(text="There is no such file")
    response = await handler(request)
    version = request.app.router["static"].url_for(filename=name).raw_query_string
    if request.rel_url.raw_query_string == version and "Range" not in request.headers:
        response.headers["Cache-Control"] = YEAR
    return response


def setup_templating(app: web.Application) -> None:
    """Give the application its templates and its static files."""
    app.middlewares.append(keep_static)
    app.add_routes([web.static("/static", HERE / "static", name="static", append_version=True)])

    @cache
    def static(name: str) -> str:
        return str(app.router["static"].url_for(filename=name))

    environment = aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        filters={"paragraphs": paragraphs},
        undefined=jinja2.StrictUndefined,  # a misspelt name is an error, not an empty place
        auto_reload=sys.flags.dev_mode,  # python -X dev reads a changed template again
    )
    environment.globals["static"] = static
