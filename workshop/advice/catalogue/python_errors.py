"""Errors of any Python program: names that do not exist, calls with wrong arguments."""

from workshop.advice.entry import Entry

NAMES = (
    Entry(
        "not-installed",
        "ModuleNotFoundError",
        r"No module named '([\w.]+)'",
        "There is no module `{0}` here.",
        "Check the spelling; `python -m workshop doctor` shows whether a package is missing.",
    ),
    Entry(
        "import",
        "ImportError",
        r"cannot import name '(\w+)' from '([\w.]+)'",
        "`{1}` has no `{0}` that could be imported.",
        "Check the spelling of the name that you import.",
    ),
    Entry(
        "import",
        "ImportError",
        r"^(.*)$",
        "An import failed: {0}.",
        "Check the spelling of the name that you import.",
    ),
    Entry(
        "no-value",
        "NameError|UnboundLocalError",
        r"cannot access (?:local|free) variable '(\w+)'",
        "`{0}` has no value yet on this line.",
        "Give it a value on every way that leads here.",
    ),
    Entry(
        "name",
        "NameError",
        r"name '(\w+)' is not defined",
        "The name `{0}` is not known on this line.",
        "Is it spelt as where it was made? Is its import missing?",
    ),
    Entry(
        "no-create-app",
        "AttributeError",
        r"module 'exercises\.[\w.]+' has no attribute 'create_app'",
        "Your file has no function `create_app()`; that is where every check begins.",
        "Define `def create_app() -> web.Application:` at the left margin; it returns the app.",
    ),
    Entry(
        "no-such-thing-asked",
        "AttributeError",
        r"module 'exercises\.[\w.]+' has no attribute '(\w+)'",
        "Your file has no `{0}`; the check needs it by that name.",
        "Define `{0}` at the left margin of the file.",
    ),
    Entry(
        "no-attribute",
        "AttributeError",
        r"module '?([\w.]+)'? has no attribute '?(\w+)",
        "`{0}` has no `{1}`.",
        "Check the spelling against the page of this step.",
    ),
)

CALLS = (
    Entry(
        "class-instead",
        "TypeError",
        r"(\w+)\.(\w+)\(\) missing \d+ required positional arguments?: (.+)$",
        "`{1}()` was called without {2}.",
        "Either that is missing, or `{0}` is the class: make an object first, `{0}(…)`.",
        line_pattern=r"\b{0}\.",
    ),
    Entry(
        "arguments",
        "TypeError",
        r"^(?:.*\.)?(\w+)\.__init__\(\) (?:missing \d+ required .*arguments?: (.+)$|got an"
        r" unexpected keyword argument ('\w+')|takes .* (\d+) (?:was|were) given)",
        "`{0}(…)` does not take what it was given here: {1}{2}{3}.",
        "Compare it with what a `{0}` is made of: which names has it, in which order?",
        line_pattern=".",
    ),
    Entry(
        "arguments",
        "TypeError",
        r"^(?:.*\.)?(\w+)\(\) missing \d+ required (?:positional|keyword-only) arguments?: (.+)$",
        "`{0}()` was called without {1}.",
        "Look at its `def`: what does it take, and in which order?",
        line_pattern=".",
    ),
    Entry(
        "arguments",
        "TypeError",
        r"^(?:.*\.)?(\w+)\(\) takes (.+?) positional arguments? but (\d+) (?:was|were) given",
        "`{0}()` was called with more than it takes.",
        "Look at its `def`: what does it take, and what has to be given by name?",
        line_pattern=".",
    ),
    Entry(
        "arguments",
        "TypeError",
        r"^(?:.*\.)?(\w+)\(\) got an unexpected keyword argument '(\w+)'",
        "`{0}()` takes no `{1}=`.",
        "Check the spelling, and what it takes.",
        line_pattern=".",
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
