"""What requests hold, and what else is read or counted with."""

from __future__ import annotations

from workshop.advice.entry import Entry

ENTRIES = (
    Entry(
        "no-json",
        "JSONDecodeError",
        r"\(a request\)$",
        "The body of the request is no JSON, and nobody caught the error.",
        "Catch it: `except ValueError: raise web.HTTPBadRequest(text=…)`."
        " If it is a form that comes: `await request.post()`.",
    ),
    Entry(
        "no-json",
        "JSONDecodeError",
        r"\(an answer, and the check reads it\)$",
        "The body is no JSON, so it could not be read as such.",
        "Build JSON with `web.json_response(data)`.",
    ),
    Entry(
        "no-json",
        "JSONDecodeError",
        r"\(an answer\)$",
        "What the server sent is no JSON, and nobody caught the error.",
        "Look at `response.status` first; catch ValueError where something else may come.",
    ),
    Entry(
        "no-json",
        "JSONDecodeError",
        r"\(Python: (.*)\)$",
        "This is how Python writes its data, and it is read as JSON: `{0}`.",
        "JSON has double quotes, and `true`, `false`, `null`: `json.dumps(…)` writes it.",
    ),
    Entry(
        "no-json",
        "JSONDecodeError",
        r"\(nothing\)$",
        "An empty text was to be read as JSON, and nobody caught the error.",
        "Where does it come from? Look first whether there is anything, or catch ValueError.",
    ),
    Entry(
        "no-json",
        "JSONDecodeError",
        r"",
        "A text was to be read as JSON and is none, and nobody caught the error.",
        "What was written by `json.dumps(…)` can be read; for any other text catch ValueError.",
    ),
    Entry(
        "match-info",
        "KeyError",
        r"^'(\w+)'$",
        "The path of the route has no variable part `{0}`.",
        "Use the same name in the route and in the handler.",
        code=r"match_info",
    ),
    Entry(
        "query",
        "KeyError",
        r"^'(\w+)'$",
        "The address has no `{0}` behind its `?`, and nobody caught the error.",
        "Ask with `request.query.get(…)`, and answer 400 when it is missing.",
        code=r"\bquery\b",
    ),
    Entry(
        "header-missing",
        "KeyError",
        r"^'([\w-]+)'$",
        "There is no header `{0}` here, and nobody caught the error.",
        'Whoever asks need not send it: `.headers.get("{0}", "")`.',
        code=r"\bheaders\[",
    ),
    Entry(
        "key",
        "KeyError",
        r"^(.+)$",
        "There is nothing under {0} in the dictionary on this line.",
        "Ask with `.get(…)`, or look first whether it is there (`in`).",
    ),
    Entry(
        "brackets",
        "TypeError",
        r"'(?:\w+\.)*(?:C?I?MultiDict\w*|UrlMappingMatchInfo|dict|list|mappingproxy)' object is not"
        r" callable|Application\.__call__\(\) takes",
        "A dictionary or list was called like a function.",
        "Use square brackets: `{index}`.",
    ),
    Entry(
        "parentheses",
        "TypeError",
        r"'(str|int|bool|float|bytes|NoneType|URL|(?:\w+\.)*URL)' object is not callable",
        "A value was called like a function.",
        "Leave out the parentheses: `{function}`.",
        at=".",
    ),
    Entry(
        "parentheses",
        "TypeError",
        r"'(str|int|bool|float|bytes|NoneType|URL|(?:\w+\.)*URL)' object is not callable",
        "A value was called like a function.",
        "Leave out the parentheses.",
    ),
    Entry(
        "match-info",
        "AttributeError",
        r"'(?:UrlMappingMatchInfo|MultiDictProxy|dict)' object has no attribute '(\w+)'",
        "The parts of an address stand in a dictionary.",
        'Use square brackets: `request.match_info["{0}"]`.',
        code=r"\bmatch_info\b",
    ),
    Entry(
        "dictionary",
        "AttributeError",
        r"'(?:\w+\.)*(?:UrlMappingMatchInfo|MultiDictProxy|dict)' object has no attribute '(\w+)'",
        "This is a dictionary; `.{0}` is not how its values are reached.",
        'Use square brackets: `["{0}"]`, or `.get("{0}")` where it may be missing.',
    ),
    Entry(
        "text-not-data",
        "TypeError|AttributeError",
        r"string indices must be integers"
        r"|'str' object has no attribute '(?:get|items|keys|values)'",
        "A text stands where a dictionary is needed.",
        "A loop over a dictionary gives its keys, which are texts: take what you mean out of it"
        " first. JSON becomes a dictionary by `.json()`.",
        firm=True,
    ),
    Entry(
        "list-not-data",
        "TypeError|AttributeError",
        r"list indices must be integers|'list' object has no attribute '(?:get|items|keys|values)'",
        "A list stands where a dictionary is needed.",
        "Take one of its items first: `…[0]`, or go over it with `for`.",
        firm=True,
    ),
    Entry(
        "request-attribute",
        "AttributeError",
        r"'Request' object has no attribute '(\w+)'",
        "A request of aiohttp has no `.{0}`.",
        "See the page of this step for what a request holds.",
    ),
    Entry(
        "none-used",
        "AttributeError|TypeError",
        r"'NoneType' object (?:has no attribute|is not (?:subscriptable|iterable|callable)"
        r"|does not support item)|(?:not|got|and) 'NoneType'|'NoneType' and|\"NoneType\"",
        "A value on this line is None.",
        "Where does it come from? `.get(…)` gives None for what is missing,"
        " and so does a function without `return`.",
    ),
    Entry(
        "no-file",
        "AttributeError",
        r"'str' object has no attribute '(file|filename|content_type)'",
        "This field of the form came as text: no file was sent in it, so it has no `.{0}`.",
        "Anybody can send such a form: ask `isinstance(…, web.FileField)`, and refuse it if not.",
        firm=True,
    ),
    Entry(
        "attribute",
        "AttributeError",
        r"'(\w+)' object has no attribute '(\w+)'",
        "A value of type `{0}` has no `{1}`.",
        "Check the spelling, and whether the value is what you take it for.",
    ),
    Entry(
        "number",
        "ValueError",
        r"invalid literal for int\(\) with base 10: (.+)$|could not convert string to float: (.+)$",
        "{0}{1} is no number, and nobody caught the error.",
        "Catch it: `except ValueError: raise web.HTTPBadRequest(text=…)`.",
    ),
    Entry(
        "concatenate",
        "TypeError",
        r"can only concatenate str \(not \"(\w+)\"\) to str",
        "Text and a value of type `{0}` were put together with `+`.",
        'Use an f-string: `f"…{{value}}"`, or `str(value)`.',
    ),
)
