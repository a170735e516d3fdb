"""Files that Python cannot compile."""

from workshop.advice.entry import Entry

ENTRIES = (
    Entry(
        "empty-file",
        "Empty file",
        r"^(\S+)\.py$",
        "`{0}.py` is empty, or has nothing but remarks in it.",
        "Undo in your editor, or bring the original back: `python -m workshop reset {0}`.",
    ),
    Entry(
        "null-bytes",
        "SyntaxError",
        r"NUL bytes \(null\)",
        "The file has bytes in it that are no letters (NUL), as a disk or a program leaves them.",
        "Delete the end of this line, and what follows it if that is empty, too; save the file"
        " again. `python -m workshop reset` brings the original back.",
    ),
    Entry(
        "encoding",
        "SyntaxError",
        r"NUL bytes \(wide\)|encoding problem",
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
        "conflict",
        "Pasted",
        r"^conflict ",
        "git has left both versions of these lines in the file: a conflict that nobody resolved.",
        "Keep one version, or what you want of both; delete the lines `<<<<<<<`, `=======` and"
        " `>>>>>>>`.",
    ),
    Entry(
        "pasted",
        "Pasted",
        r"^page ",
        "This file is a page of the web, not Python: it begins with HTML.",
        "Save the code that the page shows, not the page."
        " `python -m workshop reset` brings the original back.",
    ),
    Entry(
        "pasted",
        "Pasted",
        r"^(?:fence|label) (.*)$",
        "The line `{0}` stood around the code that was copied; it is no Python.",
        "Delete it, and the one behind the code if there is one.",
    ),
    Entry(
        "pasted",
        "Pasted",
        r"^change ",
        "A `+` or `-` in front of a line says what a change does to it; it is no Python.",
        "Delete the mark; delete a line with a `-` as a whole.",
    ),
    Entry(
        "pasted",
        "Pasted",
        r"^(?:prompt|number|gutter) (.*)$",
        "What stands in front of the code on this line was copied with it; it is no Python.",
        "Delete it on this line and on those below it, so that only the code is left.",
    ),
    Entry(
        "pasted",
        "Pasted",
        r"^escape (.*)$",
        "Signs on this line are written as in HTML, such as `&lt;` for `<`.",
        "Write the signs themselves: `<`, `>`, `&` and quotes.",
    ),
    Entry(
        "invisible",
        "Pasted",
        r"^invisible (.*)$",
        "This line has a character in it that cannot be seen ({0}).",
        "Such a one comes along when text is copied. Delete the spaces on this line, those at its"
        " beginning too, and type them again.",
    ),
    Entry(
        "curly-quotes",
        "Pasted",
        r"^alike ([“”‘’„«»‚‛‟′´])",
        "`{0}` is a typographic quotation mark; Python knows only straight ones.",
        "Type the quotes again in your editor: `\"` or `'`.",
    ),
    Entry(
        "look-alike",
        "Pasted",
        r"^alike (.)",
        "`{0}` only looks like the sign that Python knows.",
        "Type it again on your keyboard; look for others of the kind.",
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
