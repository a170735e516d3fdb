"""What was probably meant by a name that does not exist."""

from __future__ import annotations

import builtins
import difflib
import re
import sys
from collections.abc import Iterable

import jinja2

from workshop.evidence import templates, unfound
from workshop.evidence.difference import said

IMPORTS = {
    "web": "from aiohttp import web",
    "aiohttp": "import aiohttp",
    "Path": "from pathlib import Path",
    "datetime": "from datetime import datetime",
    "suppress": "from contextlib import suppress",
    "Any": "from typing import Any",
}
"""How names that the course uses come into a file; modules of Python itself need no entry."""
REQUEST = {
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
"""What other frameworks call the parts of a request."""
ARGUMENTS = {
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
"""What other frameworks call the arguments of a response."""


NAMES = {
    "app": ("request", "In a handler the application is `request.app`."),
    "request": ("", "Give this function a parameter `request`, and hand it over at each call."),
    "session": ("request", "Get it first: `session = await get_session(request)`."),
}
"""What else is often taken for granted: which name must be known for it, and what to do."""


def guess(error: BaseException) -> str:
    """Return a sentence about what was probably meant, or ""."""
    if isinstance(error, UnboundLocalError):
        return ""
    if isinstance(error, NameError):
        return _name(error)
    if isinstance(error, AttributeError):
        return _attribute(error)
    if isinstance(error, KeyError):
        return unfound.elsewhere(error)
    if isinstance(error, jinja2.TemplateNotFound):
        known = templates.known(error)
        return _meant(near(str(error.name), known)) or f"There are: {unfound.names(known)}."
    if isinstance(error, ModuleNotFoundError):
        return _module(error.name or "")
    if isinstance(error, ImportError):
        wanted = re.search(r"cannot import name '(\w+)'", said(error))
        module = sys.modules.get(error.name or "")
        return _meant(near(wanted[1], {*dir(module), *vars(module)})) if wanted and module else ""
    if isinstance(error, TypeError):
        found = re.search(r"Response\b.* got an unexpected keyword argument '(\w+)'", said(error))
        return ARGUMENTS.get(found[1], "") if found else ""
    return ""


def near(name: str, known: Iterable[str]) -> str:
    """Return the known name that is most like another, whatever its capitals; "" if none is."""
    plain = {_plain(other): other for other in known if not other.startswith("__")}
    found = difflib.get_close_matches(_plain(name), plain, n=1, cutoff=0.65)
    return plain[found[0]] if found and plain[found[0]] != name else ""


def _plain(name: str) -> str:
    return name.lower().replace("_", "")


def _meant(name: str) -> str:
    return f"Did you mean `{name}`?" if name else ""


def _name(error: NameError) -> str:
    name = error.name or ""
    if name in IMPORTS or name in sys.stdlib_module_names:
        return f"Add `{IMPORTS.get(name, f'import {name}')}` at the top of the file."
    traceback = error.__traceback__
    while traceback and traceback.tb_next:
        traceback = traceback.tb_next
    frame = traceback.tb_frame if traceback else None
    known = [*frame.f_locals, *frame.f_globals] if frame else []
    needed, action = NAMES.get(name, ("", ""))
    if action and (not needed or needed in known):
        return action
    return _meant(near(name, [*known, *dir(builtins)]))


def _attribute(error: AttributeError) -> str:
    name, owner = error.name or "", error.obj
    if type(owner).__name__ == "Request" and name in REQUEST:
        return REQUEST[name]
    known = {*dir(owner), *getattr(owner, "__dict__", ())}
    known = {other for other in known if name.startswith("_") or not other.startswith("_")}
    return _meant(near(name, known)) if owner is not None else ""


def _module(name: str) -> str:
    if name in IMPORTS:
        return f"Write `{IMPORTS[name]}`."
    known = {*sys.stdlib_module_names, *(other.partition(".")[0] for other in sys.modules)}
    return _meant(near(name, known))
