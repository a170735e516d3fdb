"""Names that are not there: of modules, variables and attributes."""

from __future__ import annotations

from workshop.advice.entry import Entry

ENTRIES = (
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
