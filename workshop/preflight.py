"""Checks before the course starts: a Python that is too old, a file that hides a module.

The syntax is that of Python 2.7, and the module imports only what no file of the course can hide.
"""

import os
import sys

OLDEST, NEWEST = (3, 11), (3, 13)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OWN = ("conftest", "noxfile", "workshop")
"""Modules of the course in its folder."""
HARMLESS = ("docs", "examples", "test", "tests", "this", "turtle")
"""Modules of other packages that the course does not import: a file may have such a name."""


def check():
    # type: () -> None
    """End the program with exit code 2 and a sentence when the course cannot start."""
    problem = too_old() or hidden(ROOT)
    if problem:
        sys.stderr.write(problem + "\n")
        sys.exit(2)


def too_old():
    # type: () -> str
    """Return a sentence about a Python that is too old; "" for one that is new enough."""
    version = tuple(sys.version_info[:2])
    if version >= OLDEST:
        return ""
    text = "This is Python {}.{}; the course needs {}.{} to {}.{}. ".format(
        *(version + OLDEST + NEWEST)
    )
    if sys.prefix != getattr(sys, "base_prefix", sys.prefix):
        text += "It belongs to the virtual environment {}: deactivate that, and ".format(sys.prefix)
        own = os.path.realpath(sys.prefix) == os.path.realpath(os.path.join(ROOT, ".venv"))
        text += "delete the folder .venv. " if own else "leave it. "
    return text + (
        "Install a newer Python from python.org and start the course by its name: "
        "python3.13 -m workshop (Windows: py -3.13 -m workshop)."
    )


def hidden(folder, expected=()):
    # type: (str, tuple[str, ...]) -> str
    """Return a sentence about a file of a folder that hides a module of Python or of a package.

    The function ignores files whose module names are `expected`. It returns "" when none hides one.
    """
    others = None
    for entry in sorted(os.listdir(folder)):
        name, ending = os.path.splitext(entry)
        package = os.path.isfile(os.path.join(folder, entry, "__init__.py"))
        if ending not in (".py", ".pyc") and not package:
            continue
        if name in OWN or name in HARMLESS or name in expected:
            continue
        if others is None:
            others = modules_elsewhere(folder)
        if name in others:
            own = os.path.realpath(folder) == os.path.realpath(ROOT)
            where = "the course's folder" if own else os.path.basename(folder)
            return hiding_sentence(entry + "/" if package else entry, where, name)
    return ""


def hiding_sentence(entry, where, name):
    # type: (str, str, str) -> str
    """Return the sentence about a file or folder that hides a module."""
    kind = "Python's own module" if name in sys.stdlib_module_names else "the package"
    what = ("The folder " if "/" in entry else "") + entry.split("/")[0]
    text = "{} in {} hides {} {}: rename it, for example to my_{}."
    return text.format(what, where, kind, name, entry.split("/")[0])


def modules_elsewhere(folder):
    # type: (str) -> set[str]
    """Return the names of the modules that Python finds outside a folder and the course's."""
    own = os.path.realpath(folder), os.path.realpath(ROOT)
    found = set(sys.stdlib_module_names)
    for path in sys.path:
        if path and os.path.isdir(path) and os.path.realpath(path) not in own:
            for entry in os.listdir(path):
                if entry.endswith((".py", ".so", ".pyd")) or "." not in entry:
                    found.add(entry.split(".")[0])
    return found
