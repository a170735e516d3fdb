"""Sessions, their cookies and storages; passwords and tokens."""

from workshop.advice.entry import Entry

ENTRIES = (
    Entry(
        "cookie-lost",
        "Cookie",
        r"^secure (\S+)",
        "The cookie `{0}` was set and did not come back: it is `Secure`, so a client sends it over"
        " HTTPS alone, and here there is none.",
        "Leave `secure=True` out while the app runs on this machine.",
    ),
    Entry(
        "cookie-lost",
        "Cookie",
        r"^path (\S+) (\S*)",
        "The cookie `{0}` was set and did not come back: it is for paths below `{1}` alone.",
        'Let it be for all paths: `path="/"`, which is what holds without `path=`.',
    ),
    Entry(
        "cookie-lost",
        "Cookie",
        r"^domain (\S+) (\S*)",
        "The cookie `{0}` was set and did not come back: it is for the domain `{1}`, which is not"
        " the server's.",
        "Leave `domain=` out: then it is for the server that has set it.",
    ),
    Entry(
        "cookie-lost",
        "Cookie",
        r"^age (\S+) (.*)",
        "The cookie `{0}` was set and did not come back: it ended at once ({1}).",
        "`max_age=` are the seconds that a client keeps it; without it, until the browser is"
        " closed.",
    ),
    Entry(
        "session-middleware",
        "RuntimeError",
        r"Install aiohttp_session middleware",
        "Nobody keeps sessions here: their middleware is missing.",
        "Put `session_middleware(storage)` into `middlewares=[…]` of the application,"
        " before all that ask for a session.",
    ),
    Entry(
        "session-storage",
        "RuntimeError",
        r"Expected AbstractStorage got None",
        "`session_middleware()` needs a storage, and got None.",
        "Does the function that makes the storage end with `return`?",
    ),
    Entry(
        "session-storage",
        "RuntimeError",
        r"Expected AbstractStorage got <function (\w+)",
        "`session_middleware()` needs a storage, and got the function `{0}`.",
        "Call it: `session_middleware({0}())`.",
    ),
    Entry(
        "session-storage",
        "RuntimeError",
        r"Expected AbstractStorage got (.{0,60})",
        "`session_middleware()` needs a storage, and got {0}.",
        "Hand it over as an object: `session_middleware(EncryptedCookieStorage(Fernet(KEY)))`.",
    ),
    Entry(
        "session-storage",
        "TypeError",
        r"\b(session_middleware|setup)\(\) missing 1 required positional argument: 'storage'",
        "`{0}()` does not know where the sessions are to be kept.",
        "Give it a storage: `session_middleware(EncryptedCookieStorage(Fernet(KEY)))`.",
    ),
    Entry(
        "session-request",
        "TypeError",
        r"^(get_session|new_session)\(\) missing 1 required positional argument: 'request'",
        "A session belongs to a request, and `{0}()` got none.",
        "Write `session = await {0}(request)`.",
    ),
    Entry(
        "fernet-key",
        "ValueError|TypeError",
        r"Fernet key must be 32|Fernet\.__init__\(\) missing 1|or ASCII string, not '\w+'",
        "`Fernet()` needs a key as `Fernet.generate_key()` makes it, and this is none.",
        "Make one, keep it where the server finds it again (`WORKSHOP_KEY`),"
        " and hand it over: `Fernet(KEY)`.",
        line_pattern=r"\bFernet\(",
    ),
    Entry(
        "storage-key",
        "ValueError|TypeError",
        r"Fernet key must be 32|or ASCII string, not '\w+'"
        r"|Storage\.__init__\(\) missing 1 required positional argument: 'secret_key'",
        "The storage got no key that fits: bytes are taken for the raw key, and these are none.",
        "Hand over `Fernet(KEY)`, or the key as text; `Fernet.generate_key()` gives bytes, which"
        " `.decode()` makes text of.",
        line_pattern=".",
    ),
    Entry(
        "storage-argument",
        "TypeError",
        r"\b\w+Storage\.__init__\(\) got an unexpected keyword argument '(\w+)'",
        "The storage takes no `{0}=`.",
        "It knows `cookie_name=`, `max_age=`, `httponly=`, `secure=`, `samesite=`, `domain=`"
        " and `path=`.",
    ),
    Entry(
        "storage-methods",
        "TypeError",
        r"Can't instantiate abstract class '?(\w+)'? with(?:out an implementation for)?"
        r" abstract methods? (.*session.*)$",
        "`{0}` lacks what every storage must have: {1}.",
        "Write it as an `async def` method of the class.",
    ),
    Entry(
        "storage-methods",
        "TypeError",
        r"\b(load_session|save_session)\(\) (?:takes|missing) ",
        "`{0}()` does not take what aiohttp_session hands it.",
        "The parameters are `load_session(self, request)` and"
        " `save_session(self, request, response, session)`.",
    ),
    Entry(
        "storage-methods",
        "TypeError",
        r"object Session can't be used in 'await' expression|'Session' object can't be awaited",
        "The storage's `load_session()` is a plain function; aiohttp_session awaits it.",
        "Write `async def` in front of its name.",
        line_raised=False,
    ),
    Entry(
        "load-session",
        "RuntimeError",
        r"storage should return session instance",
        "The storage's `load_session()` returned something else than a `Session`.",
        "End it with `return Session(…, data=…, new=False)` or"
        " `return await self.new_session()`, on every way through it.",
    ),
    Entry(
        "session-value",
        "TypeError",
        r"Object of type (\w+) is not JSON serializable",
        "A `{0}` was put into the session, and a session holds only what JSON can write.",
        "Put text, numbers, bool, lists and dictionaries there: `.isoformat()` of a date,"
        " `list(…)` of a set, `asdict(…)` of a dataclass.",
        line_pattern=r"^$",
    ),
    Entry(
        "session-prepared",
        "RuntimeError",
        r"Cannot save session data into prepared response",
        "The answer was on its way before the session could be saved: its cookie came too late.",
        "A session is written when the handler returns: do not `prepare()` the answer yourself"
        " where one is used.",
    ),
    Entry(
        "session-key",
        "KeyError",
        r"^'(\w+)'$",
        "The session has nothing under '{0}': a visitor's first one is empty.",
        'Ask with a value for that case: `session.get("{0}", …)`.',
        line_pattern=r"\bsession\[['\"]{0}['\"]\]",
    ),
    Entry(
        "session-attribute",
        "AttributeError",
        r"'Session' object has no attribute '(\w+)'",
        "A session is a dictionary; `.{0}` is not in it.",
        'Use square brackets, or `.get()`: `session.get("{0}")`.',
    ),
)

PASSWORDS = (
    Entry(
        "compare-digest",
        "TypeError",
        r"comparing strings with non-ASCII characters is not supported",
        "`compare_digest()` takes text only where all of it is ASCII, and this came from outside.",
        "Compare bytes: `.encode()` on both sides.",
    ),
    Entry(
        "compare-digest",
        "TypeError",
        r"combination of types: '(?:NoneType' and '\w+|\w+' and 'NoneType)'",
        "`compare_digest()` got None: one of the two is missing.",
        'Give `.get(…)` a second value, `.get(…, "")`, or refuse before you compare.',
    ),
    Entry(
        "compare-digest",
        "TypeError",
        r"combination of types: '(\w+)' and '(\w+)'",
        "`compare_digest()` got `{0}` and `{1}`; both have to be bytes.",
        "Make bytes of a text with `.encode()`.",
    ),
    Entry(
        "bytes-needed",
        "TypeError",
        r"a bytes-like object is required, not 'str'|must be encoded before hashing"
        r"|string argument without an encoding|can't concat str to bytes",
        "Text stands where bytes are needed.",
        "Make bytes of it: `text.encode()`.",
    ),
    Entry(
        "hashing-memory",
        "ValueError",
        r"memory limit exceeded",
        "`scrypt()` would take more memory than it may: 128 · n · r bytes, at most 32 MiB.",
        "Choose a smaller `n`, or raise the limit with `maxmem=`.",
    ),
    Entry(
        "thread-called",
        "TypeError",
        r"'(?:\w+\.)*(\w+)' object is not callable",
        "The function was called here, in the event loop; the thread got only its result.",
        "Hand over its name and what it takes, apart: `await {inner}`.",
        part_pattern=r"\bto_thread\(",
    ),
    Entry(
        "thread-called",
        "TypeError",
        r"'(?:\w+\.)*(\w+)' object is not callable",
        "The function was called here, in the event loop; the thread got only its result.",
        "Hand over its name and what it takes, apart: `run_in_executor(None, function, argument)`.",
        part_pattern=r"\brun_in_executor\(",
    ),
)
