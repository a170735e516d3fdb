"""Passwords and tokens: bytes and text, what hashing costs, and where it runs."""

from __future__ import annotations

from workshop.advice.entry import Entry

ENTRIES = (
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
        at=r"\bto_thread\(",
    ),
    Entry(
        "thread-called",
        "TypeError",
        r"'(?:\w+\.)*(\w+)' object is not callable",
        "The function was called here, in the event loop; the thread got only its result.",
        "Hand over its name and what it takes, apart: `run_in_executor(None, function, argument)`.",
        at=r"\brun_in_executor\(",
    ),
)
