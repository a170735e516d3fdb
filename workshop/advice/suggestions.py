"""Suggestions: what was probably meant by a name, key or module that does not exist."""

from __future__ import annotations

import builtins
import difflib
import linecache
import re
import sys
from collections.abc import Iterable

import jinja2
from aiohttp import web

from workshop.advice import jinja
from workshop.advice.classify import listed
from workshop.recorder import expressions
from workshop.recorder.tracebacks import course_path, raising_frame
from workshop.report.comparison import exception_text, has_type

IMPORTS = {
    "web": "from aiohttp import web",
    "aiohttp": "import aiohttp",
    "Path": "from pathlib import Path",
    "datetime": "from datetime import datetime",
    "suppress": "from contextlib import suppress",
    "Any": "from typing import Any",
}
"""How names that the course uses come into a file; modules of Python itself need no entry."""
REQUEST_ATTRIBUTES = {
    "args": "The part behind the `?` is `request.query`.",
    "GET": "The part behind the `?` is `request.query`.",
    "params": "Parts behind the `?` are `request.query`, those of the path `request.match_info`.",
    "form": "A form is read by `await request.post()`.",
    "POST": "A form is read by `await request.post()`.",
    "files": "Files come with the form: `await request.post()`.",
    "data": "The body is read by `await request.text()`, `.json()`, `.post()` or `.read()`.",
    "get_json": "JSON is read by `await request.json()`.",
    "session": "A session comes from `await aiohttp_session.get_session(request)`.",
    "user_agent": 'It is a header: `request.headers["User-Agent"]`.',
}
"""By the names that other frameworks have for the parts of a request."""
RESPONSE_ARGUMENTS = {
    "json": "Data is sent by `web.json_response(…)`.",
    "data": "It is called `text=` or `body=`; data goes to `web.json_response(…)`.",
    "content": "It is called `text=` or `body=`.",
    "html": 'It is called `text=`, with `content_type="text/html"`.',
    "status_code": "It is called `status=`.",
    "code": "It is called `status=`.",
    "mimetype": "It is called `content_type=`.",
    "media_type": "It is called `content_type=`.",
    "type": "It is called `content_type=`.",
}
"""By the names that other frameworks have for the arguments of a response."""


OTHER_NAMES = {
    "asyncio.coroutine": "It is gone: write `async def`, and `await` for `yield from`.",
    "asyncio.async": "It is called `asyncio.create_task(…)`.",
    "asyncio.get_running_task": "It is called `asyncio.current_task()`.",
    "asyncio.spawn": "It is called `asyncio.create_task(…)`.",
    "asyncio.TaskPool": "It is called `asyncio.TaskGroup()`.",
    "aiohttp.Timeout": "Time limits are `aiohttp.ClientTimeout(total=10)`, `asyncio.timeout(10)`.",
    "aiohttp.Session": "It is called `aiohttp.ClientSession`.",
    "web.JSONResponse": "JSON is answered by `web.json_response(…)`.",
    "web.jsonify": "JSON is answered by `web.json_response(…)`.",
    "web.JsonResponse": "JSON is answered by `web.json_response(…)`.",
    "web.HTMLResponse": 'A page is `web.Response(text=…, content_type="text/html")`.',
    "web.HttpResponse": "It is called `web.Response`.",
    "web.PlainTextResponse": "It is called `web.Response`.",
    "web.make_response": "It is called `web.Response`.",
    "web.RedirectResponse": "A redirect is raised: `raise web.HTTPSeeOther(…)`.",
    "web.redirect": "A redirect is raised: `raise web.HTTPSeeOther(…)`.",
    "web.abort": "A refusal is raised: `raise web.HTTPNotFound()`, and so on.",
    "web.HTTPRedirect": "After a form it is `web.HTTPSeeOther`.",
    "web.render_template": "It is `aiohttp_jinja2.render_template(…)`.",
    "web.Router": "A table of routes is `web.RouteTableDef()`.",
    "web.Blueprint": "A table of routes is `web.RouteTableDef()`.",
    "web.APIRouter": "A table of routes is `web.RouteTableDef()`.",
    "web.App": "It is called `web.Application`.",
    "web.FastAPI": "It is called `web.Application`.",
    "web.Flask": "It is called `web.Application`.",
    "web.url_for": "It is `request.app.router[…].url_for(…)`, with the name of a route.",
    "pytest.parametrize": "It is a mark: `@pytest.mark.parametrize(…)`.",
    "pytest.asyncio": "Leave the mark out: here every `async def test_…` is run in a loop.",
    "time.clock": "It is called `time.perf_counter()`.",
}
"""By names that a module does not have: names of other frameworks, of older versions."""
OTHER_PACKAGES = {
    **dict.fromkeys(
        ("flask", "fastapi", "starlette", "django", "bottle", "sanic", "quart", "tornado"),
        "The course makes its servers with aiohttp: `from aiohttp import web`.",
    ),
    **dict.fromkeys(
        ("requests", "httpx"), "The course asks servers with aiohttp's client: `import aiohttp`."
    ),
}
"""By packages that the course does not use: what it uses in their place."""
MODULES = {
    "aiohttp": "aiohttp.web",
    "collections": "collections.abc",
    "aiohttp.web": "aiohttp",
}
"""By a module the one that may have a name in its place."""


ASSUMED_NAMES = {
    "app": ("request", "In a handler the application is `request.app`."),
    "request": ("", "Give this function a parameter `request`, and hand it over at each call."),
    "session": ("request", "Get it first: `session = await get_session(request)`."),
}
"""Variables that learners use without having them: the name that must be known, the action."""


def suggest(error: BaseException) -> str:
    """Return a sentence about what was probably meant, or ""."""
    if isinstance(error, UnboundLocalError):
        return ""
    if isinstance(error, NameError):
        return _for_name(error)
    if isinstance(error, AttributeError):
        return _for_attribute(error)
    if isinstance(error, KeyError):
        return _in_other_part(error) or _for_key(error)
    if isinstance(error, jinja2.TemplateNotFound):
        known = jinja.template_names(error)
        return _did_you_mean(closest_name(str(error.name), known)) or f"There are: {listed(known)}."
    if isinstance(error, ModuleNotFoundError):
        return _for_module(error.name or "")
    if isinstance(error, ImportError):
        wanted = re.search(r"cannot import name '(\w+)'", exception_text(error))
        return _for_module_attribute(error.name or "", wanted[1]) if wanted else ""
    if isinstance(error, TypeError):
        found = re.search(
            r"Response\b.* got an unexpected keyword argument '(\w+)'", exception_text(error)
        )
        return RESPONSE_ARGUMENTS.get(found[1], "") if found else ""
    return ""


def _in_other_part(error: KeyError) -> str:
    """Say where in the same request a name stands, when it was looked for in a wrong place."""
    frame, number = raising_frame(error)
    if frame is None or not error.args or not course_path(frame.f_code.co_filename):
        return ""
    request, view = frame.f_locals.get("request"), frame.f_locals.get("self")
    request = view.request if has_type(view, web.View) else request
    if not has_type(request, web.Request):
        return ""
    name, code = error.args[0], linecache.getline(frame.f_code.co_filename, number)
    if "query" in code and name in request.match_info:
        return f'It is a part of the path: `request.match_info["{name}"]`.'
    if "match_info" in code and name in request.query:
        return f'It stands behind the `?`: `request.query["{name}"]`.'
    return ""


def closest_name(name: str, known: Iterable[str]) -> str:
    """Return the known name that is most like another, whatever its capitals; "" if none is."""
    plain = {_simplified(other): other for other in known if not other.startswith("__")}
    found = difflib.get_close_matches(_simplified(name), plain, n=1, cutoff=0.65)
    return plain[found[0]] if found and plain[found[0]] != name else ""


def _simplified(name: str) -> str:
    return name.lower().replace("_", "")


def _did_you_mean(name: str) -> str:
    return f"Did you mean `{name}`?" if name else ""


def _for_key(error: KeyError) -> str:
    name = error.args[0] if error.args else None
    known = expressions.searched_mapping(error) if isinstance(name, str) else {}
    meant = closest_name(str(name), [key for key in known if isinstance(key, str)])
    return f'Did you mean `"{meant}"`?' if meant else ""


def _for_name(error: NameError) -> str:
    name = error.name or ""
    if name in IMPORTS or name in sys.stdlib_module_names:
        return f"Add `{IMPORTS.get(name, f'import {name}')}` at the top of the file."
    traceback = error.__traceback__
    while traceback and traceback.tb_next:
        traceback = traceback.tb_next
    frame = traceback.tb_frame if traceback else None
    known = [*frame.f_locals, *frame.f_globals] if frame else []
    needed, action = ASSUMED_NAMES.get(name, ("", ""))
    if action and (not needed or needed in known):
        return action
    if traceback and (line := expressions.unnamed_with_line(traceback)):
        return f"Give it that name where it is entered, at the end of line {line}: `as {name}:`."
    meant = closest_name(name, [*known, *dir(builtins)])
    if not meant:
        return ""
    value = frame.f_locals.get(meant, frame.f_globals.get(meant)) if frame else None
    if _stands_for(name, meant, value):
        return _did_you_mean(meant)
    return f"Make it first, at the left margin: `{name} = …`." if name.isupper() else ""


def _stands_for(name: str, meant: str, value: object) -> bool:
    """Say whether a name of one kind may be a slip for one of another kind.

    Constants are in capitals, classes begin with one: nobody slips from a value to a function.
    """
    if name.isupper() and not meant.isupper():
        return not callable(value)
    return name[:1].isupper() or not isinstance(value, type) or meant in dir(builtins)


def _for_attribute(error: AttributeError) -> str:
    name, owner = error.name or "", error.obj
    if found := re.match(r"module '?([\w.]+)'? has no attribute '?(\w+)", exception_text(error)):
        return _for_module_attribute(found[1], found[2])
    if type(owner).__name__ == "Request" and name in REQUEST_ATTRIBUTES:
        return REQUEST_ATTRIBUTES[name]
    known = {*dir(owner), *getattr(owner, "__dict__", ())}
    known = {other for other in known if name.startswith("_") or not other.startswith("_")}
    return _did_you_mean(closest_name(name, known)) if owner is not None else ""


def _for_module_attribute(module: str, name: str) -> str:
    """Return what a name may stand for that a module does not have."""
    short = module.removeprefix("aiohttp.")
    if known := OTHER_NAMES.get(f"{short}.{name}"):
        return known
    if hasattr(sys.modules.get(MODULES.get(module, "")), name):
        place = MODULES[module].removeprefix("aiohttp.")
        return f"It is in another place: `{place}.{name}`."
    owner = sys.modules.get(module)
    names = {*dir(owner), *vars(owner)} if owner else set()
    upper, simple = name[:1].isupper(), _simplified(name)
    alike = {n for n in names if n[:1].isupper() == upper or _simplified(n) == simple}
    return _did_you_mean(closest_name(name, alike))


def _for_module(name: str) -> str:
    if name in IMPORTS:
        return f"Write `{IMPORTS[name]}`."
    if name in OTHER_PACKAGES:
        return OTHER_PACKAGES[name]
    known = {*sys.stdlib_module_names, *(other.partition(".")[0] for other in sys.modules)}
    return _did_you_mean(closest_name(name, known))
