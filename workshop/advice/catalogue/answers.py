"""Answers with a wrong status or content type, and values that a suite did not find in them."""

from workshop.advice.entry import Entry

ENTRIES = (
    Entry(
        "status-changed",
        "Status",
        r"^(\w+) (\w+) (\d+) (\d+)$",
        "`web.{1}` was raised, which is {2}; `{0}()` has made a {3} of it.",
        "Give the new answer the old status: `status=error.status`. An `except Exception:` catches"
        " HTTP exceptions, too: put `except web.HTTPException` above it.",
    ),
    Entry(
        "redirect-kind",
        "Redirect",
        r"^(HTTPFound|HTTPMovedPermanently|HTTPTemporaryRedirect|HTTPPermanentRedirect) (\d+)$",
        "`web.{0}` is a {1}; 303 was asked for.",
        "After a form write `raise web.HTTPSeeOther(…)`: the browser goes on with GET.",
    ),
    Entry(
        "content-type",
        "Content type of fault",
        r"^(\S+) (\S+)$",
        "An HTTP exception went out as it was raised, as `{0}`; nobody made `{1}` of it.",
        "A middleware does that: is it in `middlewares=[…]`, around whatever raises?"
        " Or give the exception `content_type=`, and a text that fits.",
    ),
    Entry(
        "content-type",
        "Content type kept",
        r"^(\S+) application/json$",
        "The new answer still says `{0}`, as the HTTP exception did that it was made of.",
        "Make it with `web.json_response(…, status=…)`. Where you take over the headers of the"
        " exception, do not let them replace its own: `setdefault`.",
    ),
    Entry(
        "content-type",
        "Content type kept",
        r"^(\S+) (\S+)$",
        "The new answer still says `{0}`, as the HTTP exception did that it was made of.",
        'Give it `content_type="{1}"`. Where you take over the headers of the exception,'
        " do not let them replace its own: `setdefault`.",
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
    Entry(
        "not-in-answer",
        "Missed by the suite",
        r"^more\n(.*)$",
        "The check took something out of what came, and it is not there: `{0}`",
        "Compare what you answer with what the task asks for: is something empty, or missing?",
    ),
    Entry(
        "not-in-answer",
        "Missed by the suite",
        r"^(.*)\n(.*)$",
        "The check looked for {0} in what came, and it is not there: `{1}`",
        "Compare what you answer with what the task asks for: is it spelt alike?",
    ),
)
