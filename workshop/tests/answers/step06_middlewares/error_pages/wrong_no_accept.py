"""A client that sends no header Accept is answered with a 500.

check: test_json_for_programs
says: 500 came, 404 was wanted
"""

import html
import logging
import os

from aiohttp import web
from aiohttp.typedefs import Handler

log = logging.getLogger(__name__)

WORDS = {"loop": "Goes round.", "task": "Waits for its turn."}
PAGE = "<!doctype html><html lang=en><title>{title}</title><h1>{title}</h1><p>{reason}</p></html>"


def error_answer(request: web.Request, status: int, reason: str) -> web.Response:
    """Make a page where text/html is accepted, JSON where it is not."""
    if "text/html" in request.headers["Accept"]:
        page = PAGE.format(title=f"Error {status}", reason=html.escape(reason))
        return web.Response(text=page, content_type="text/html", status=status)
    return web.json_response({"error": {"status": status, "reason": reason}}, status=status)


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Call the handler; give every fault its answer."""
    try:
        return await handler(request)
    except web.HTTPError as error:
        answer = error_answer(request, error.status, error.text or error.reason)
        for name, value in error.headers.items():
            answer.headers.setdefault(name, value)
        return answer
    except web.HTTPException:
        raise
    except Exception:
        log.exception("%s %s failed", request.method, request.rel_url)
        return error_answer(request, 500, "The server made a mistake")


async def show(request: web.Request) -> web.Response:
    """Explain a word."""
    word = request.match_info["word"]
    if word not in WORDS:
        raise web.HTTPNotFound(text=f"Nobody has explained {word} yet")
    return web.Response(text=WORDS[word])


async def first(request: web.Request) -> web.Response:
    """Send on to the first word."""
    raise web.HTTPSeeOther("/words/loop")


async def random(request: web.Request) -> web.Response:
    """Refuse for now, and say when to come again."""
    raise web.HTTPServiceUnavailable(text="The dice are out", headers={"Retry-After": "30"})


async def broken(request: web.Request) -> web.Response:
    """Fail, as code does."""
    return web.Response(text=WORDS["no such word"])


def create_app() -> web.Application:
    """Make the application."""
    app = web.Application(middlewares=[answer_errors])
    app.add_routes([web.get("/words/{word}", show), web.get("/first", first)])
    app.add_routes([web.get("/random", random), web.get("/broken", broken)])
    return app


def main() -> None:
    """Serve the dictionary on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
