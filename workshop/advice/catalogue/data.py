"""Format strings, log calls, dictionaries and objects of the learner's classes."""

from workshop.advice.entry import Entry

LOGGING = r"\b_?log\w*\.(debug|info|warning|error|exception|critical|log)\("
"""A line that logs."""

ENTRIES = (
    Entry(
        "function-used",
        "TypeError",
        r"'(?:function|method)' object (?:is not subscriptable|does not support item)",
        "A function is used as if it were a dictionary.",
        "Is the order of the parameters right? A middleware takes `(request, handler)`.",
        part_pattern=r"^(?:request|handler|req)\b",
    ),
    Entry(
        "function-used",
        "TypeError",
        r"'(?:function|method|builtin_function_or_method)' object"
        r" (?:is not subscriptable|does not support item)",
        "A function is used here as if it were a dictionary or a list: nobody has called it.",
        "Call it first, with parentheses, here or where it was handed over;"
        " with `await` in front if it is `async`.",
    ),
    Entry(
        "log-adapter",
        "TypeError|ValueError",
        r"cannot unpack non-iterable|values to unpack",
        "The `process()` of the log has to return two things.",
        "End it with `return …, kwargs`: the line, and `kwargs` as they came.",
        line_pattern=LOGGING,
    ),
    Entry(
        "log-arguments",
        "TypeError",
        r"(?:not enough arguments for|not all arguments converted during) (?:format )?string",
        "The text has not as many places (`%s`) as there are values.",
        'One place for each value: `log.info("%s %s", request.method, request.path)`.',
    ),
    Entry(
        "format-gap",
        "Gap",
        r"^([^\W\d]\w*)$",
        "The text has a gap `{{{0}}}`, and `.format()` got nothing for it.",
        "Give it by its name: `.format({0}=…)`.",
    ),
    Entry(
        "format-gap",
        "Gap",
        r"^\s*(.{0,30}?)\s*$",
        "`.format()` takes every brace of the text for a gap, also this one: `{{{0}`.",
        "Write a brace that stays a brace twice, `{{{{` and `}}}}`.",
    ),
    Entry(
        "format-gap",
        "IndexError",
        r"Replacement index (\d+) out of range",
        "The text has more gaps `{{}}` than `.format()` was given values.",
        "One value for each gap, in the same order.",
    ),
    Entry(
        "format-gap",
        "ValueError",
        r"Single '[{}]' encountered|expected '}' before end of string|unmatched '[{}]'",
        "A brace in the text of `.format()` has no partner.",
        "Write a brace that stays a brace twice, `{{{{` or `}}}}`.",
    ),
    Entry(
        "format-gap",
        "ValueError",
        r"Invalid format specifier",
        "In an f-string, or in the text of `.format()`, a brace begins something to be filled in.",
        "Write a brace of JSON twice, `{{{{` and `}}}}`; or let `json.dumps(…)` make the text.",
    ),
    Entry(
        "number-walked",
        "TypeError",
        r"'int' object is not iterable",
        "A loop cannot go over a number.",
        "So many times is `for … in range(…):`.",
        line_pattern=r"\bfor\b",
    ),
    Entry(
        "changed-while",
        "RuntimeError",
        r"(\w+) (?:changed size|mutated|keys changed) during iteration",
        "The {0} was changed while a loop went over it.",
        "Go over a copy: `for … in list(…):`.",
    ),
    Entry(
        "no-address",
        "ValueError",
        r"^(.{0,60}) does not appear to be an IPv4 or IPv6 address",
        "{0} is no address, and nobody looked before.",
        "`request.remote` may be None, and a header may hold anything:"
        " ask `if request.remote`, or catch the ValueError.",
    ),
    Entry(
        "no-dataclass",
        "TypeError",
        r"should be called on dataclass instances|must be called with a dataclass",
        "What stands in the parentheses is no object of a dataclass.",
        "Is it None, a row, a dictionary, or the class itself? Look at where it comes from.",
    ),
    Entry(
        "made-in-init",
        "AttributeError",
        r"'([A-Z]\w*)' object has no attribute '(_\w+)'",
        "This `{0}` has no `{1}`.",
        "Make it in `__init__()`: `self.{1} = …`; is it spelt as there?",
        line_pattern=r"\bself\._",
    ),
    Entry(
        "not-entered",
        "AttributeError",
        r"'([A-Z]\w*)' object has no attribute '_\w+'",
        "This `{0}` is not ready to be used.",
        "Does it want to be entered first? `async with {0}(…) as …:`",
        line_raised=False,
    ),
    Entry(
        "none-to-pop",
        "KeyError",
        r"^(.+)$",
        "There is nothing under {0} to take out.",
        "Give `.pop(…)` a second value, for that case: `.pop(key, None)`.",
        line_pattern=r"\.pop\(",
    ),
    Entry(
        "context-empty",
        "LookupError",
        r"^<ContextVar name='([^']*)'",
        'The ContextVar "{0}" has no value here: nobody has called `.set(…)` in this task.',
        'Give it a value for that case, `ContextVar("{0}", default="-")`, or set it first.',
    ),
)
