"""Functions, methods and operators that get something else than they take."""

from __future__ import annotations

from workshop.misconceptions.entry import Entry

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
        "operands",
        "TypeError",
        r"unsupported operand type\(s\) for \S+ '(\w+)' and '(\w+)'"
        r"|not supported between instances of '(\w+)' and '(\w+)'",
        "A `{0}{2}` and a `{1}{3}` cannot be used together like this.",
        "Look at where each comes from. Text becomes a number by `int(…)`;"
        " a function gives its value only when it is called, `()`.",
    ),
)
