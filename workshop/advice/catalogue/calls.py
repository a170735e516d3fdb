"""Functions, methods and operators that get something else than they take."""

from __future__ import annotations

from workshop.advice.entry import Entry

ENTRIES = (
    Entry(
        "class-instead",
        "TypeError",
        r"(\w+)\.(\w+)\(\) missing \d+ required positional arguments?: (.+)$",
        "`{1}()` was called without {2}.",
        "Either that is missing, or `{0}` is the class: make an object first, `{0}(…)`.",
        code=r"\b{0}\.",
    ),
    Entry(
        "arguments",
        "TypeError",
        r"^(?:.*\.)?(\w+)\.__init__\(\) (?:missing \d+ required .*arguments?: (.+)$|got an"
        r" unexpected keyword argument ('\w+')|takes .* (\d+) (?:was|were) given)",
        "`{0}(…)` does not take what it was given here: {1}{2}{3}.",
        "Compare it with what a `{0}` is made of: which names has it, in which order?",
        code=".",
    ),
    Entry(
        "arguments",
        "TypeError",
        r"^(?:.*\.)?(\w+)\(\) missing \d+ required (?:positional|keyword-only) arguments?: (.+)$",
        "`{0}()` was called without {1}.",
        "Look at its `def`: what does it take, and in which order?",
        code=".",
    ),
    Entry(
        "arguments",
        "TypeError",
        r"^(?:.*\.)?(\w+)\(\) takes (.+?) positional arguments? but (\d+) (?:was|were) given",
        "`{0}()` was called with more than it takes.",
        "Look at its `def`: what does it take, and what has to be given by name?",
        code=".",
    ),
    Entry(
        "arguments",
        "TypeError",
        r"^(?:.*\.)?(\w+)\(\) got an unexpected keyword argument '(\w+)'",
        "`{0}()` takes no `{1}=`.",
        "Check the spelling, and what it takes.",
        code=".",
    ),
    Entry(
        "idle",
        "Idle",
        r"^Attribute$",
        "This line does nothing: it names `{written}`, and nobody calls it.",
        "Call it, with parentheses: `{written}()`; with `await` in front if it is `async`.",
    ),
    Entry(
        "idle",
        "Idle",
        r"^Compare$",
        "This line does nothing: it compares, `{written}`, and nobody looks at what comes out.",
        "To give a value write a single `=`; to decide, `if` or `assert` in front.",
    ),
    Entry(
        "operands",
        "TypeError",
        r"unsupported operand type\(s\) for \S+ '(\w+)' and '(\w+)'"
        r"|not supported between instances of '(\w+)' and '(\w+)'",
        "A `{0}{2}` and a `{1}{3}` cannot be used together like this.",
        "Look at where each comes from. Text becomes a number by `int(…)`;"
        " a function gives its value only when it is called, `()`.",
    ),
)
