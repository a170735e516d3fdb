"""HTTP exceptions: what they take, and what they are not."""

from __future__ import annotations

from workshop.advice.entry import Entry

ENTRIES = (
    Entry(
        "exception-as-text",
        "AttributeError|TypeError",
        r"'HTTP\w+' object has no attribute '(?:replace|strip|split|encode|lower|format|join)'"
        r"|not \"?'?HTTP\w+|Object of type HTTP\w+ is not JSON",
        "An HTTP exception stands where its text is needed.",
        "Its text is `error.text`, its status `error.status`, its headers `error.headers`.",
        firm=True,
    ),
    Entry(
        "exception-status",
        "TypeError",
        r"HTTPException\.__init__\(\) got an unexpected keyword argument 'status(?:_code)?'",
        "An HTTP exception takes no status: its class stands for it.",
        "Raise the right one: `web.HTTPUnauthorized` is 401, `web.HTTPForbidden` 403,"
        " `web.HTTPNotFound` 404.",
        firm=True,
    ),
    Entry(
        "exception-argument",
        "TypeError",
        r"HTTPException\.__init__\(\) got an unexpected keyword argument '(\w+)'",
        "An HTTP exception takes no `{0}=`.",
        "It takes `text=`, `headers=`, `content_type=` and `reason=`.",
    ),
    Entry(
        "headers-type",
        "TypeError|ValueError",
        r"multidict update sequence element|not enough values to unpack|sequence of pairs",
        "`headers=` takes a dictionary of names and values.",
        'Write `headers={{"Name": "value"}}`, with your own in quotes.',
        code=r"\bheaders\s*=|\.headers\.(update|extend)\(",
    ),
    Entry(
        "raised-other",
        "Raised",
        r"^(\w+) (.*)$",
        "This line raised `{0}`: {1}.",
        "Nothing caught it on its way out, and here another one is wanted, or none: catch it around"
        " this line, or look first whether it would arise.",
    ),
)
