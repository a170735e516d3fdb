"""A file that Python cannot read."""

from __future__ import annotations

from workshop.misconceptions.entry import Entry

ENTRIES = (
    Entry(
        "encoding",
        "SyntaxError|ValueError|UnicodeDecodeError",
        r"null bytes|encoding problem|codec can't decode",
        "The file is not saved as UTF-8, so Python cannot read it.",
        "Save it again with the encoding UTF-8 (in most editors: bottom right, or Save as).",
    ),
    Entry(
        "tabs",
        "TabError",
        r"",
        "Tabs and spaces are mixed in the indentation.",
        "Use four spaces everywhere; your editor can convert the file.",
    ),
    Entry(
        "indentation",
        "IndentationError",
        r"^(.*)$",
        "Python cannot follow the indentation: {0}.",
        "Look at this line and the one above it: what belongs together starts at the same column.",
    ),
    Entry(
        "await-outside",
        "SyntaxError",
        r"'(await|async with|async for)' outside (?:async )?function|(asynchronous) .* outside",
        "`{0}{1}` stands in a function that is not `async`.",
        "Write `async def` in front of that function's name.",
    ),
    Entry(
        "return-outside",
        "SyntaxError",
        r"'(return|yield)' outside function",
        "`{0}` stands outside of every function.",
        "Indent the line, so that it belongs to the function above it.",
    ),
    Entry(
        "curly-quotes",
        "SyntaxError",
        r"invalid character '([“”‘’„«»])'",
        "`{0}` is a typographic quotation mark; Python knows only straight ones.",
        "Type the quotes again in your editor: `\"` or `'`.",
    ),
    Entry(
        "always-true",
        "SyntaxError",
        r"assertion is always true",
        "This `assert` looks at nothing: a pair in parentheses is always true.",
        "Take the parentheses away: `assert came == wanted`.",
    ),
    Entry(
        "unclosed",
        "SyntaxError",
        r"'(.)' was never closed",
        "The `{0}` on this line has no partner.",
        "Close it where its content ends; look at the end of this line first.",
    ),
    Entry(
        "unterminated",
        "SyntaxError",
        r"unterminated|EOL while|EOF while",
        "A text on this line begins with a quotation mark and does not end with one.",
        "Put the same mark at its end.",
    ),
    Entry(
        "colon",
        "SyntaxError",
        r"expected ':'",
        "The colon at the end of this line is missing.",
        "Lines with `def`, `class`, `if`, `for`, `with`, `try` … end with `:`.",
    ),
    Entry(
        "syntax",
        "SyntaxError",
        r"^(.*)$",
        "Python cannot read this line: {0}.",
        "Look there first, then at the line before it: is a bracket, quote or colon missing?",
    ),
)
