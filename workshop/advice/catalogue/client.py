"""The client: sessions, arguments of a request, what comes back, and connections that fail."""

from workshop.advice.entry import Entry

SESSION = r"\bClientSession\("
METHODS = r"get|post|put|patch|delete|head|options|request|ws_connect"

ENTRIES = (
    Entry(
        "no-session",
        "AttributeError",
        r"module '?aiohttp'? has no attribute '?(get|post|put|patch|delete|head|options)\b",
        "aiohttp has no function `{0}()`: requests are made by a session.",
        "Open one, `async with aiohttp.ClientSession() as session:`, and ask it:"
        " `async with session.{0}(…) as response:`. One session does for all requests.",
        keep_action=True,
    ),
    Entry(
        "session-address",
        "TypeError",
        r"Constructor parameter should be str|ClientSession\.__init__\(\) takes .*positional",
        "Only one thing is given to a session without its name: the address of the server.",
        "Write the names of all others: `timeout=…`, `headers=…`, `auth=…`.",
        part_pattern=SESSION,
    ),
    Entry(
        "session-argument",
        "TypeError",
        r"ClientSession\.__init__\(\) got an unexpected keyword argument '(\w+)'",
        "A session takes no `{0}=`.",
        "It knows `base_url=`, `timeout=`, `headers=`, `cookies=`, `auth=`, `connector=`,"
        " `raise_for_status=` and some others.",
    ),
    Entry(
        "base-address",
        "ValueError",
        r"base_url must have a trailing '/'",
        "The address of a session ends in a path here, and such a path has to end with a slash.",
        'Write `…/api/`, and give paths without a slash in front: `session.get("…")`.'
        " Or let the address end with the port, and give whole paths.",
    ),
    Entry(
        "base-address",
        "ValueError|AssertionError",
        r"Only absolute URLs are supported|absolute URL",
        "The address of a session has to be a whole one.",
        "It begins with `http://` or `https://`.",
        part_pattern=SESSION,
    ),
    Entry(
        "timeout",
        "ValueError|TypeError",
        r"timeout parameter cannot be of <class '(\w+)'> type",
        "`timeout=` got {0}; it takes a `ClientTimeout`.",
        "Write `timeout=aiohttp.ClientTimeout(total=10)`: so many seconds for all of a request.",
    ),
    Entry(
        "timeout",
        "DeprecationWarning|TypeError",
        r"(read_timeout|conn_timeout)\b",
        "`{0}=` is of old versions of aiohttp.",
        "Write `timeout=aiohttp.ClientTimeout(total=10)`.",
        part_pattern=SESSION,
    ),
    Entry(
        "loop-argument",
        "DeprecationWarning|TypeError",
        r"loop argument is deprecated|unexpected keyword argument 'loop'",
        "`loop=` is of old versions: whatever runs in a loop finds it by itself.",
        "Leave `loop=` out.",
        keep_action=True,
    ),
    Entry(
        "request-argument",
        "TypeError",
        rf"ClientSession\.({METHODS})\(\) takes .*positional arguments? but \d+",
        "`{function}()` takes nothing but the address without a name.",
        "Say what the rest is: `json=` is sent as JSON, `data=` as a form or a text,"
        " `params=` stands behind the `?`.",
    ),
    Entry(
        "request-argument",
        "TypeError",
        r"^(?:ClientSession\._?)?request\(\) missing 1 required positional argument",
        "`{function}()` takes the method first, then the address.",
        'Write `{function}("GET", …)`; a session has `session.get(…)` for it.',
        part_pattern=r"request\(",
    ),
    Entry(
        "request-argument",
        "TypeError",
        r"_request\(\) got an unexpected keyword argument '(\w+)'",
        "A request takes no `{0}=`.",
        "JSON is `json=`, a form or a text `data=`, what stands behind the `?` is `params=`;"
        " the type of a text belongs into `headers=`.",
    ),
    Entry(
        "query-value",
        "TypeError",
        r"Invalid variable type: value should be str, int or float, got (.+) of type",
        "What stands behind the `?` is text or numbers, and {0} is neither.",
        'Leave out what is None; of True make a text that the server knows, such as `"true"`.',
    ),
    Entry(
        "response-content",
        "AttributeError|TypeError",
        r"'?\bStreamReader'? (?:object )?(?:has no attribute|can't be|is not)",
        "`.content` is a stream, from which the body still has to be read.",
        "All of the body is `await response.text()`, as bytes `await response.read()`;"
        " of a request alike.",
        keep_action=True,
    ),
    Entry(
        "response-attribute",
        "AttributeError",
        r"'ClientResponse' object has no attribute '(\w+)'",
        "An answer has no `.{0}`.",
        "It has `.status`, `.ok`, `.reason`, `.headers`, `.url`, and"
        " `await response.text()`, `.json()` and `.read()`.",
    ),
    Entry(
        "no-json-came",
        "ContentTypeError",
        r"unexpected mimetype: '?([\w/+.-]*)",
        "What the server sent is `{0}`, not JSON, and `.json()` does not read it.",
        "Look at `response.status` first, and read others by `await response.text()`;"
        " `.json(content_type=None)` tries whatever came.",
        line_pattern=r"\.json\(",
    ),
    Entry(
        "raise-for-status",
        "Refused",
        r"^(\d+), message='([^']*)'",
        "`raise_for_status()` raised this, as the server refused ({0}); nobody reads any more why.",
        "To tell one refusal from another, look at `response.status` and read the body, in place"
        " of `raise_for_status()`.",
        line_pattern=r"raise_for_status\(",
    ),
    Entry(
        "raise-for-status",
        "Refused",
        r"^(\d+), message='([^']*)'",
        "The session itself raises an error for every refusal, as for this one ({0}), before"
        " anybody can look at the answer.",
        "Leave out its `raise_for_status=True`, and look at `response.status`.",
        line_pattern=rf"\.(?:{METHODS})\(",
    ),
    Entry(
        "header-too-long",
        "ClientResponseError|ClientPayloadError|LineTooLong",
        r"Got more than (\d+) bytes",
        "A header of the answer is longer than {0} bytes, so it was not read: most often a cookie.",
        "A browser keeps no cookie above 4 KB: put a key there, and what belongs to it into the"
        " database.",
    ),
    Entry(
        "address-asked",
        "ClientResponseError",
        r"url='([^']*(?:%3C|<)\w[^']*(?:%20| )(?:object|at)(?:%20| )[^']*)'",
        "The address that was asked has an object of Python in it, where text belongs.",
        "Look at what the braces of the f-string hold: the path is text and numbers.",
    ),
    Entry(
        "address-asked",
        "ClientResponseError",
        r"^404, message='[^']*', url='https?://[^/']*([^']*)'",
        "The server has nothing at `{0}`, so it answered 404.",
        "Compare this path with the one that the task names, letter by letter.",
    ),
    Entry(
        "header-type",
        "TypeError",
        r"Cannot serialize non-str key (.*) for ([\w-]*)$",
        "The value of a header has to be text; {0} is none (`{1}`).",
        "Write `str(…)` around it, where that header is set.",
        line_pattern=rf"\.(?:{METHODS})\(",
    ),
    Entry(
        "type-sent",
        "Content type sent",
        r"^(\S+) application/json$",
        "The client said that it sends `{0}`; JSON was asked for.",
        "Give the data to the request as `json=…`, in place of `data=`: that sets the type, too.",
    ),
    Entry(
        "type-sent",
        "Content type sent",
        r"^(\S+) (\S+)$",
        "The client said that it sends `{0}`; `{1}` was asked for.",
        "`data=` with a dictionary is a form, `json=` is JSON; for any other kind give `data=` a"
        ' text or bytes, and `headers={{"Content-Type": …}}`.',
    ),
)

CONNECTIONS = (
    Entry(
        "port",
        "OSError|PermissionError",
        r"[Aa]ddress already in use|[Oo]nly one usage of each socket address|attempting to bind on",
        "The port is taken: another server runs there, perhaps one that you started before.",
        "Stop the other one with Ctrl-C, or choose another port: `--port 8081`.",
    ),
    Entry(
        "path-only",
        "InvalidURL|InvalidUrlClientError",
        r"^(/\S*)",
        "`{0}` is a path, and a session of one's own does not know of which server.",
        "Ask with the fixture `client`, which knows; or give the whole address, `http://…`.",
    ),
    Entry(
        "not-listening",
        "ClientConnectorError",
        r"",
        "Nobody listens on that port: the server was not started, or it has stopped.",
        "Is `start()` awaited, and does the server live as long as it is needed?",
    ),
    Entry(
        "disconnected",
        "ServerDisconnectedError|ClientOSError",
        r"",
        "The server closed the connection without an answer.",
        "Look at the lines about your server: a response that never ended, or a cancelled task.",
    ),
    Entry(
        "no-answer",
        "Waiting",
        r"",
        "The handler was still waiting when the check gave up.",
        "Does it wait for something that never comes? Look at this line.",
    ),
    Entry(
        "no-answer",
        "TimeoutError",
        r"",
        "Something took longer than the check waits.",
        "Look for a wait for something that never comes, or for work that blocks the loop.",
    ),
)
