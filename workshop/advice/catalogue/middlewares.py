"""Middlewares, signals, and values that a request carries."""

from workshop.advice.entry import Entry

ENTRIES = (
    Entry(
        "middleware-signal",
        "DeprecationWarning",
        r"old-style middleware \"<function (?:.*<locals>\.)?(\w+)>.* \(\w+, resp\w*\)$",
        "`{0}()` stands among the middlewares, but it takes a response, not a handler.",
        "Such a function is called before an answer is sent:"
        " `app.on_response_prepare.append({0})`.",
    ),
    Entry(
        "middleware-old",
        "DeprecationWarning",
        r"old-style middleware \"<function (?:.*<locals>\.)?(\w+)>.* \(app\w*, \w+\)$",
        "`{0}(app, handler)` is a middleware as they were written years ago.",
        "Today it is one function below `@web.middleware`: `async def {0}(request, handler)`,"
        " which ends with `return await handler(request)`.",
    ),
    Entry(
        "middleware-called",
        "DeprecationWarning",
        r"old-style middleware \"<function (?:.*<locals>\.)?(\w+)>.* plain \(",
        "`{0}` stands among the middlewares, but it is a plain function, and none itself.",
        "If it makes a middleware, call it there: `{0}(…)`;"
        " else write `async def`, and `@web.middleware` on the line above.",
    ),
    Entry(
        "middleware-decorator",
        "DeprecationWarning",
        r"old-style middleware \"<function (?:.*<locals>\.)?(\w+)",
        "The middleware `{0}` lacks its decorator.",
        "Write `@web.middleware` on the line above it.",
    ),
    Entry(
        "middleware-object",
        "DeprecationWarning",
        r"old-style middleware \"<?(?:coroutine object )?(?:\w+\.)*(\w+)",
        "Among the middlewares stands a `{0}`, which is none.",
        "A middleware is an `async def` function below `@web.middleware`;"
        " for a storage of sessions `session_middleware(storage)` makes one.",
    ),
    Entry(
        "middleware-old",
        "Returned",
        r"^function (\w+) \1\.<locals>\.(\w+)",
        "`{0}()` returned the function `{1}`, as middlewares did years ago.",
        "Today it is one function: `async def {0}(request, handler)`,"
        " which ends with `return await handler(request)`.",
    ),
    Entry(
        "returned-function",
        "Returned",
        r"^(?:function|method) ([\w.<>]+) (?:[\w<>]+\.)*(\w+)",
        "`{0}()` returned the function `{1}`, which nobody has called.",
        "Call it, and wait if it is `async`: `return await {1}(…)`.",
    ),
    Entry(
        "middleware-named",
        "TypeError",
        r"(\w+)\(\) missing \d+ required positional arguments: '\w+' and 'handler'",
        "The middleware `{0}` was called while the application was made.",
        "Hand it over by its name alone: `middlewares=[{0}]`.",
        line_pattern=".",
    ),
    Entry(
        "signal-named",
        "TypeError",
        r"(\w+)\(\) missing \d+ required positional arguments?: '(?:_?app|request' and 'resp\w*)'",
        "The function `{0}` was called while the application was made.",
        "Hand it over by its name alone: `.append({0})`, without parentheses behind it.",
        line_pattern=r"\.append\(|\bon_\w+|cleanup_ctx",
    ),
    Entry(
        "decorator-called",
        "TypeError",
        r"^(\w+)\(\) missing 1 required positional argument",
        "The decorator `{0}` has parentheses here, so it was called without the function.",
        "Leave them out: the line is `@`, then the name alone.",
        line_pattern=r"^@[\w.]+\(\)$",
    ),
    Entry(
        "middlewares-list",
        "TypeError",
        r"'\w+' object is not iterable",
        "`middlewares=` takes a list, and was given a single one.",
        "Put brackets around it: `middlewares=[…]`; the first is the outermost.",
        line_pattern=r"\bmiddlewares\b",
    ),
    Entry(
        "only-added-to",
        "AttributeError",
        r"property '(on_\w+|cleanup_ctx|middlewares)' of 'Application' object has no setter",
        "`{0}` of an application cannot be replaced; it is there already.",
        "Add to it: `app.{0}.append(…)`.",
        keep_action=True,
    ),
    Entry(
        "only-added-to",
        "AttributeError",
        r"property 'headers' of '(\w+)' object has no setter",
        "The headers of a `{0}` cannot be replaced as a whole.",
        'Set them one by one: `response.headers["Name"] = "value"`.',
        keep_action=True,
    ),
    Entry(
        "read-only",
        "TypeError|AttributeError",
        r"'(?:\w+\.)*C?I?MultiDictProxy' object (?:does not support item (?:assignment|deletion)"
        r"|has no attribute '(?:set\w*|update|add|pop\w*|extend)')",
        "What came with a request cannot be changed.",
        "Headers of the answer are in `response.headers`;"
        " what you want to hand on goes under a key: `request[KEY] = …`.",
        keep_action=True,
    ),
    Entry(
        "read-only",
        "AttributeError",
        r"property '\w+' of '\w*Request' object has no setter"
        r"|(?:cached|reified) property is read-only",
        "What is known of a request can be read, and not be set.",
        "What you want to hand on with a request goes under a key: `request[KEY] = …`.",
        keep_action=True,
    ),
    Entry(
        "handler-alone",
        "TypeError",
        r"^handler\(\) missing 1 required positional argument: 'request'",
        "The middleware called `handler()` without the request.",
        "Hand it on: `return await handler(request)`.",
    ),
    Entry(
        "signal-arguments",
        "TypeError",
        r"^(?:.*\.)?(\w+)\(\) (?:takes|missing) .*\(signal\)$",
        "`{0}()` does not take what aiohttp hands it.",
        "It gets `(app)` in `on_startup`, `cleanup_ctx` and the like,"
        " and `(request, response)` in `on_response_prepare`.",
    ),
    Entry(
        "middleware-arguments",
        "TypeError",
        r"^(?:.*\.)?(\w+)\(\) (?:takes|missing) .*\(middleware\)$",
        "`{0}()` does not take what a middleware gets: the request, and what is further in.",
        "Write `async def {0}(request: web.Request, handler: Handler)`.",
    ),
)
