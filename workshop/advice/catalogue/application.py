"""`create_app()`: the application, its routes, signals and cleanup contexts."""

from workshop.advice.entry import Entry

ROUTE = r"\b(get|post|put|patch|delete|head|options|view|route|add_\w+)\("
"""A line that makes a route."""

ENTRIES = (
    Entry(
        "app-class",
        "SubmissionError",
        r"create_app\(\) gave <class",
        "`create_app()` gave the class of applications, not an application.",
        "Make one with parentheses: `app = web.Application()`.",
    ),
    Entry(
        "app-not-returned",
        "SubmissionError",
        r"create_app\(\) gave (.+?) where a",
        "`create_app()` gave {0}, not an application.",
        "End `create_app()` with `return app`.",
    ),
    Entry(
        "create-app-arguments",
        "TypeError",
        r"create_app\(\) missing \d+ required positional arguments?: '(\w+)'",
        "`create_app()` wants an argument `{0}`, but it is called without any.",
        "Take the parameter out, or give it a default value.",
    ),
    Entry(
        "run-app-on-import",
        "SubmissionError",
        r"web\.run_app\(\) was called",
        "`web.run_app()` runs as soon as the file is imported, so nobody else can use its app.",
        'Move it below `if __name__ == "__main__":`.',
    ),
    Entry(
        "run-app-inside",
        "RuntimeError",
        r"Cannot run the event loop while another loop is running",
        "A server or a loop was started where one already runs.",
        'Call `web.run_app()` only below `if __name__ == "__main__":`.',
    ),
    Entry(
        "sync-handler",
        "DeprecationWarning",
        r"Bare functions are deprecated",
        "A route got a plain function; a handler has to be an `async def` function.",
        "Write `async def` in front of the handler's name (a class has to be a `web.View`).",
    ),
    Entry(
        "view-called",
        "TypeError",
        r"\w+\.__init__\(\) missing 1 required positional argument: 'request'",
        "`{function}` was made here once, and aiohttp makes one for each request.",
        "Give the route the class itself, without parentheses: `{function}`."
        " It has to be a `web.View`.",
    ),
    Entry(
        "handler-called",
        "TypeError",
        r"(\w+)\(\) missing 1 required positional argument: 'request'",
        "The handler `{0}` was called while the route was made.",
        "Give the route its name alone: `{0}`, without parentheses.",
        line_pattern=ROUTE,
    ),
    Entry(
        "handler-called",
        "AssertionError",
        r"^<coroutine object (\w+)",
        "The handler `{0}` was called while the route was made.",
        "Give the route its name alone: `{0}`, without parentheses.",
        line_pattern=ROUTE,
    ),
    Entry(
        "handler-in-quotes",
        "AssertionError",
        r"^(?!None$)(\w+)$",
        'The route was given the text "{0}"; it needs the function itself.',
        "Write the handler's name without quotes.",
        line_pattern=ROUTE,
    ),
    Entry(
        "handler-none",
        "AssertionError",
        r"^None$",
        "The route was given None; it needs the handler.",
        "A decorator has to end with `return handler`; a function is handed over by its name"
        " alone, without parentheses.",
        line_pattern=ROUTE,
    ),
    Entry(
        "routes-no-list",
        "TypeError",
        r"'(RouteDef|StaticDef)' object is not iterable",
        "`add_routes()` takes a list of routes and was given a single one.",
        "Put brackets around it: `app.add_routes([web.get(…)])`.",
    ),
    Entry(
        "routes-class",
        "TypeError",
        r"RouteTableDef\.\w+\(\) missing 1 required positional argument: 'path'",
        "`routes` stands for the class of route tables, not for a table.",
        "Make one with parentheses: `routes = web.RouteTableDef()`.",
    ),
    Entry(
        "app-decorator",
        "TypeError",
        r"'NoneType' object is not callable",
        "An application has no decorators for routes.",
        "Make `routes = web.RouteTableDef()`, write `@routes.get(…)`,"
        " and add them: `app.add_routes(routes)`.",
        line_pattern=r"^@\w+\.get\(",
    ),
    Entry(
        "app-asked",
        "AttributeError",
        r"'Application' object has no attribute '(post|put|patch|delete|head|options)'",
        "An application cannot be asked for anything; a client asks a server that runs it.",
        'Take the fixture `client`: `await client.{0}("/…")`.',
        line_pattern=r"\bawait\b",
        keep_action=True,
    ),
    Entry(
        "app-asked",
        "TypeError",
        r"object NoneType can't be used in 'await' expression|'NoneType' object can't be awaited",
        "An application cannot be asked for anything; a client asks a server that runs it.",
        'Take the fixture `client`: `await client.get("/…")`.',
        line_pattern=r"\bawait\s+app\.get\(",
    ),
    Entry(
        "app-decorator",
        "AttributeError",
        r"'Application' object has no attribute '(route|post|put|patch|delete)'",
        "An application has no decorators for routes.",
        "Make `routes = web.RouteTableDef()`, write `@routes.get(…)`,"
        " and add them: `app.add_routes(routes)`.",
        keep_action=True,
    ),
    Entry(
        "path-slash",
        "ValueError",
        r"path should be started with / or be empty",
        "The path of a route has to begin with a slash.",
        'Write it like this: `"/greet"`.',
    ),
    Entry(
        "path-braces",
        "ValueError",
        r"Invalid path '([^']*)'",
        "The path `{0}` cannot be read: a brace has no partner, or the name in it is none.",
        "A variable part looks like this: `{{name}}`, with a regular expression `{{id:[0-9]+}}`.",
    ),
    Entry(
        "route-twice",
        "RuntimeError",
        r"Added route will never be executed",
        "Two routes have the same path and the same method.",
        "Take one of them out, or give it another path.",
    ),
    Entry(
        "frozen",
        "RuntimeError|DeprecationWarning",
        r"Cannot (register|modify|add)|frozen|Changing state of started",
        "The application was changed after it had started.",
        "Do it in `create_app()`, before the app is returned, or in a `cleanup_ctx`.",
    ),
    Entry(
        "no-yield",
        "TypeError|AttributeError",
        r"'coroutine' object (?:is not an async iterator|has no attribute '__a(?:next|enter)__')"
        r"|'async for' requires an object with __aiter__ method, got coroutine",
        "A function in `cleanup_ctx` has no `yield`.",
        "Open what you need, `yield`, then close it: one function for both.",
    ),
    Entry(
        "sync-signal",
        "TypeError",
        r"object NoneType can't be used in 'await' expression|'NoneType' object can't be awaited",
        "A function that aiohttp awaits (`on_startup` and the like) is not `async`.",
        "Write `async def` in front of its name.",
        line_pattern=r"^$",
    ),
    Entry(
        "runner-setup",
        "RuntimeError",
        r"Call runner\.setup\(\) before",
        "The runner is not ready: a site can only be made when `setup()` has come to its end.",
        "Write `await runner.setup()` above this line, with `await`.",
    ),
)
