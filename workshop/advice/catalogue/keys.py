"""Keys of applications and requests, and the values under them."""

from workshop.advice.entry import Entry

ENTRIES = (
    Entry(
        "string-key",
        "NotAppKeyWarning",
        r"instances of web\.(\w+)|use web\.(\w+) instances",
        "A plain text is used as a key for stored values; aiohttp wants a typed key.",
        'Make one at the left margin, such as `DB = web.{0}{1}("db", str)`, and use `[DB]`.',
    ),
    Entry(
        "signal-arguments",
        "KeyError",
        r"^<RequestKey\((?:[\w.]+\.)?(\w+).* \(of a response\)$",
        "`{0}` is stored in the request, and here it is the response that is asked for it.",
        "Is their order right? `on_response_prepare` hands over `(request, response)`.",
    ),
    Entry(
        "nothing-in-request",
        "KeyError",
        r"^<RequestKey\((?:[\w.]+\.)?(\w+)",
        "Nothing is stored under the key `{0}` in this request.",
        "Is the middleware that stores it in `middlewares=[…]`, before whatever asks for it?"
        " Does it store it on every way?",
    ),
    Entry(
        "key-of-app",
        "KeyError",
        r"^<AppKey\((?:[\w.]+\.)?(\w+)",
        "`{0}` is a key of the application, and the request was asked for it.",
        "Ask the application: `request.app[…]`.",
        line_pattern=r"\brequest\[",
    ),
    Entry(
        "nothing-stored",
        "KeyError",
        r"^<(?:App|Response)Key\((?:[\w.]+\.)?(\w+)",
        "Nothing is stored under the key `{0}`.",
        "Store it in `create_app()` or in a `cleanup_ctx`, and use the same key there.",
    ),
    Entry(
        "key-itself",
        "TypeError|AttributeError",
        r"'AppKey' object (?:is not|does not|has no)",
        "This is only the key; what is stored under it is in the application.",
        "Write `request.app[…]` with the key in the brackets (in `create_app()` it is `app[…]`).",
        keep_action=True,
    ),
    Entry(
        "key-itself",
        "TypeError|AttributeError",
        r"'RequestKey' object (?:is not|does not|has no)",
        "This is only the key; what is stored under it is in the request.",
        "Write `request[…]` with the key in the brackets.",
        keep_action=True,
    ),
    Entry(
        "text-in-app",
        "KeyError",
        r"^'(\w+)'$",
        "The application has nothing under the text '{0}'.",
        "Its keys are no texts: take the one that it was stored with, made by `web.AppKey(…)`.",
        line_pattern=r"\bapp\[['\"]{0}['\"]\]",
    ),
    Entry(
        "text-in-request",
        "KeyError",
        r"^'(\w+)'$",
        "The request has nothing under the text '{0}'.",
        "What a middleware keeps has a key made by `web.RequestKey(…)`, a session comes from"
        " `await get_session(request)`, a field of a form from `await request.post()`.",
        line_pattern=r"\brequest\[['\"]{0}['\"]\]",
    ),
)
