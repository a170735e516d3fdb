"""What responses are made of."""

from __future__ import annotations

from workshop.misconceptions.entry import Entry

ENTRIES = (
    Entry(
        "text-type",
        "TypeError",
        r"text argument must be str \(<class '(?:\w+\.)*(\w+)'>\)",
        "`text=` got a value of type `{0}`; it takes text only.",
        "Use `text=str(…)`, or `web.json_response(…)` for data.",
    ),
    Entry(
        "body-type",
        "TypeError|ValueError|LookupError",
        r"Unsupported body type|body argument must be|No payload",
        "`body=` was given something that is neither bytes nor text.",
        "Use `text=` for text, `body=` for bytes, `web.json_response(…)` for data.",
    ),
    Entry(
        "text-and-body",
        "ValueError",
        r"body and text are not allowed together|only one of data, text, or body",
        "An answer has one body, and two were given.",
        "Leave one of `text=`, `body=` and the data out.",
    ),
    Entry(
        "response-argument",
        "TypeError",
        r"(?:\w+\.)?__init__\(\) got an unexpected keyword argument '(\w+)'"
        r"|json_response\(\) got an unexpected keyword argument '(\w+)'",
        "There is no argument `{0}{1}=` here.",
        "A response takes `text=` or `body=`, and `status=`, `headers=`, `content_type=`.",
        code=r"\bweb\.",
    ),
    Entry(
        "exception-argument",
        "TypeError",
        r"HTTPException\.__init__\(\) takes 1 positional argument",
        "An HTTP exception takes its text by name.",
        "Write `text=` before it: `raise web.HTTPBadRequest(text=…)`.",
    ),
    Entry(
        "response-argument",
        "TypeError",
        r"Response\.__init__\(\) takes 1 positional argument",
        "`web.Response` takes its arguments by name.",
        "Write `text=` before a text, `body=` before bytes; data goes to `web.json_response(…)`.",
    ),
    Entry(
        "no-location",
        "TypeError",
        r"HTTPMove\.__init__\(\) missing 1 required positional argument: 'location'",
        "A redirect has to say where to.",
        'Give it the address: `raise web.HTTPFound("/")`.',
    ),
    Entry(
        "charset",
        "ValueError",
        r"charset must not be in content_type argument",
        "`content_type=` takes the type alone, without a charset.",
        'Write `content_type="text/html"`; for text aiohttp adds the charset by itself.',
    ),
    Entry(
        "content-type-twice",
        "ValueError",
        r"passing both Content-Type header and content_type",
        "The content type is given twice, as a header and as `content_type=`.",
        "Keep `content_type=` and take it out of the headers.",
    ),
    Entry(
        "header-type",
        "TypeError",
        r"Cannot serialize non-str key (.*)$",
        "The value of a header has to be text; {0} is none.",
        "Write `str(…)` around it.",
    ),
    Entry(
        "header-newline",
        "ValueError",
        r"[Nn]ewline|carriage return|control character",
        "The value of a header must be one line.",
        "Take the line break out; `.strip()` helps where it comes from outside.",
    ),
    Entry(
        "not-prepared",
        "RuntimeError",
        r"[Cc]all .*prepare\(\) first|before prepare\(\)",
        "The response was used before it was prepared.",
        "Write `await response.prepare(request)` (or `ws.prepare(request)`) first.",
    ),
    Entry(
        "not-serializable",
        "TypeError",
        r"Object of type (\w+) is not JSON serializable",
        "JSON has no way to write a {0}.",
        "Make a dict, list, text, number, bool or None of it first.",
    ),
    Entry(
        "content-type",
        "Content type",
        r"^(\S+) text/html$",
        "The answer says that it is `{0}`; a browser would not show it as a page.",
        'Give the response `content_type="text/html"`.',
    ),
    Entry(
        "content-type",
        "Content type",
        r"^(\S+) application/json$",
        "The answer says that it is `{0}`, so no program will read it as JSON.",
        "Answer with `web.json_response(…)`, which sets the content type, too.",
    ),
    Entry(
        "content-type",
        "Content type",
        r"^(\S+) (\S+)$",
        "The answer says that it is `{0}`; `{1}` was asked for.",
        "Without `content_type=`, `text=` is text/plain, `body=` application/octet-stream,"
        " and `web.json_response` application/json.",
    ),
    Entry(
        "content-type",
        "ContentTypeError",
        r"unexpected mimetype: '?([\w/+.;= -]*)",
        "The answer says that it is `{0}`; the check asked for JSON.",
        "Answer with `web.json_response(…)`, which sets the content type, too.",
    ),
)
