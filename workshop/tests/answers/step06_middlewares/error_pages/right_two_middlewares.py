"""One middleware for faults, another one inside it that makes a fault of the unexpected."""


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Call the handler; give every fault its answer."""
    try:
        return await handler(request)
    except web.HTTPError as error:
        answer = error_answer(request, error.status, error.text or error.reason)
        kept = {name: value for name, value in error.headers.items() if name != "Content-Type"}
        answer.headers.update(kept)
        return answer


@web.middleware
async def catch(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Make a fault of the unexpected."""
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except Exception as error:
        log.exception("Unexpected")
        raise web.HTTPInternalServerError(text="Our mistake") from error


async def show(request: web.Request) -> web.Response:
    """Explain a word."""
    word = request.match_info["word"]
    if word not in WORDS:
        raise web.HTTPNotFound(text=f"Nobody has explained {word} yet")
    return web.Response(text=WORDS[word])


def create_app() -> web.Application:
    """Make the application."""
    app = web.Application(middlewares=[answer_errors, catch])
    app.add_routes([web.get("/words/{word}", show), web.get("/first", first)])
    app.add_routes([web.get("/random", random), web.get("/broken", broken)])
    return app
