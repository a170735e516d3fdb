"""Arguments and return values of handlers."""

from workshop.advice.entry import Entry

ENTRIES = (
    Entry(
        "unhandled",
        "Unhandled",
        r"^([\w.]+) (.*)$",
        "`{0}()` ended with an error that nobody caught: {1}.",
        "Look at this line. The server makes a 500 of every such error.",
    ),
    Entry(
        "unhandled",
        "Made a 500",
        r"^([\w.]+) (.*)$",
        "`{0}()` ended with an error, and a middleware made a 500 of it: {1}.",
        "Look at this line. If the request is at fault, catch the error here and raise the"
        " exception with the right status; a 500 says that the server made a mistake.",
    ),
    Entry(
        "handler-arguments",
        "TypeError",
        r"(\w+)\(\) takes 0 positional arguments but 1 was given",
        "`{0}()` takes no argument, but aiohttp hands every handler the request.",
        "Write `async def {0}(request: web.Request)`.",
        line_pattern=r"^$",
    ),
    Entry(
        "no-self",
        "TypeError",
        r"(\w+)\.(\w+)\(\) takes (?:0|1) positional arguments? but (?:1|2) (?:was|were) given",
        "The method `{1}` has no parameter `self`.",
        "Write `async def {1}(self, request: web.Request)`, in a `web.View` only `(self)`.",
        line_pattern=r"^$",
    ),
    Entry(
        "view-request",
        "TypeError",
        r"(\w+)\.(\w+)\(\) missing 1 required positional argument: '\w+'",
        "The method `{1}` of `{0}` was called without the request.",
        "In a `web.View` write `(self)` and use `self.request`;"
        " of any other class give the route a method of an object, such as `{0}().{1}`.",
        line_pattern=r"^$",
    ),
    Entry(
        "handler-arguments",
        "TypeError",
        r"(\w+)\(\) missing \d+ required positional arguments?: (.+)$",
        "A handler gets the request and nothing else; `{0}()` also wants {1}.",
        "Parts of the path are in `request.match_info`, those behind the `?` in `request.query`.",
        line_pattern=r"^$",
    ),
    Entry(
        "sync-handler",
        "TypeError",
        r"object \w*Response can't be used in 'await' expression"
        r"|'\w*Response' object can't be awaited",
        "A method of a view, or a middleware, is a plain function; it has to be `async`.",
        "Write `async def` in front of its name.",
        line_pattern=r"^$",
    ),
    Entry(
        "sync-handler",
        "TypeError",
        r"object (?!NoneType)(\w+) can't be used in 'await' expression"
        r"|'(?!NoneType)(\w+)' object can't be awaited",
        "A plain function gave a {0}{1} where a coroutine is awaited; it has to be `async`.",
        "Write `async def` in front of its name.",
        line_pattern=r"^$",
    ),
    Entry(
        "returned-exception",
        "Returned",
        r"^HTTPException ([\w.]+) (\w+)",
        "`{0}()` returned `{1}`; it is an exception and has to be raised.",
        "Write `raise web.{1}(…)` instead of `return web.{1}(…)`.",
    ),
    Entry(
        "returned-exception",
        "Unraised",
        r"^(\w+)$",
        "A `web.{0}` came back here from a function; it has to be raised.",
        "Write `raise web.{0}(…)` where that function has `return`: whoever called it stops then.",
    ),
    Entry(
        "sent-before",
        "Sent before",
        r"^raised (\S+) (\S*)$",
        "`{0}()` raised an HTTP exception that had been sent before, to whoever asked first; the"
        " next one gets no answer.",
        "It is an answer, and one is sent once: make a new one where it is raised,"
        " `raise web.{1}(…)`.",
    ),
    Entry(
        "sent-before",
        "Sent before",
        r"^answered (\S+) (\S*)$",
        "`{0}()` answered with a response that had been sent before, to whoever asked first; the"
        " next one gets no answer.",
        "A response is sent once: make a new one for each request, `web.{1}(…)` inside the"
        " function. What is kept at the left margin may be its text.",
    ),
    Entry(
        "returned-none",
        "Returned",
        r"^NoneType ([\w.]+)",
        "`{0}()` came to its end without returning a response.",
        "End it with `return …`, on every way through it.",
    ),
    Entry(
        "returned-text",
        "Returned",
        r"^(?:str|bytes|int|float) ([\w.]+) (.*)$",
        "`{0}()` returned {1}; aiohttp needs a response.",
        "Wrap it: `return web.Response(text=…)`.",
    ),
    Entry(
        "returned-tuple",
        "Returned",
        r"^tuple ([\w.]+) (.*)$",
        "`{0}()` returned the tuple {1}; aiohttp needs one response.",
        "Body and status belong together: `return web.Response(text=…, status=…)`.",
    ),
    Entry(
        "returned-data",
        "Returned",
        r"^(?:dict|list|set) ([\w.]+) (.*)$",
        "`{0}()` returned {1}; aiohttp needs a response.",
        "Make JSON of it: `return web.json_response(…)`.",
    ),
    Entry(
        "returned-data",
        "AttributeError",
        r"'(dict|list|set)' object has no attribute 'prepare'",
        "A handler returned a `{0}`; aiohttp needs a response.",
        "Make JSON of it: `return web.json_response(…)`.",
        line_pattern=r"^$",
        keep_action=True,
    ),
    Entry(
        "returned-other",
        "AttributeError",
        r"'(\w+)' object has no attribute 'prepare'",
        "A handler returned a value of type `{0}`; aiohttp needs a response.",
        "Return `web.Response(…)` or `web.json_response(…)`.",
        line_pattern=r"^$",
        keep_action=True,
    ),
    Entry(
        "never-awaited",
        "Returned",
        r"^coroutine ([\w.]+) ([\w.<>]+)",
        "`{0}()` returned `{1}(…)` without waiting for it.",
        "Put `await` before the call: `return await {1}(…)`.",
    ),
    Entry(
        "returned-class",
        "Returned",
        r"^class ([\w.]+) (\w+)",
        "`{0}()` returned the class `{1}`, not a response.",
        "Make one with parentheses: `web.{1}(…)`.",
    ),
    Entry(
        "returned-other",
        "Returned",
        r"^\w+ ([\w.]+) (.*)$",
        "`{0}()` returned {1}; aiohttp needs a response.",
        "Return `web.Response(…)` or `web.json_response(…)`.",
    ),
    Entry(
        "raised-response",
        "TypeError",
        r"exceptions must derive from BaseException",
        "Only exceptions can be raised; a response has to be returned.",
        "Write `return web.Response(…)`, or raise one of the family: `raise web.HTTPNotFound()`.",
    ),
)
