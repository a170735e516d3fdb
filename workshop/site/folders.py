"""Which files a page found in a folder: a file that comes or goes makes the page out of date."""

from __future__ import annotations

from collections.abc import Iterable, Set
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

Listing = dict[tuple[str, str], list[str]]
LEFT_OUT = frozenset({"__pycache__", "data", "_build"})


def files_in(folder: Path, pattern: str = "*") -> list[Path]:
    """Return the files below a folder whose names fit, sorted; bytecode and data left out."""
    return sorted(
        path
        for path in folder.rglob(pattern)
        if path.is_file() and not LEFT_OUT & set(path.relative_to(folder).parts)
    )


def note(env: BuildEnvironment, folder: Path, pattern: str = "*") -> list[Path]:
    """Remember for the page that is being read what the folder holds now, and return it."""
    found = files_in(folder, pattern)
    listing = _listings(env).setdefault(env.docname, {})
    listing[folder.as_posix(), pattern] = [path.as_posix() for path in found]
    return found


def step_folders(env: BuildEnvironment) -> None:
    """Remember for the page that is being read which steps there are."""
    root = Path(env.srcdir).parent
    for tree, pattern in (("docs", "index.md"), ("exercises", "test_*.py"), ("steps", "app.py")):
        for path in note(env, root / tree, pattern):
            env.note_dependency(path)


def _listings(env: BuildEnvironment) -> dict[str, Listing]:
    if not hasattr(env, "workshop_folders"):
        env.workshop_folders = {}  # type: ignore[attr-defined]
    listings: dict[str, Listing] = env.workshop_folders  # type: ignore[attr-defined]
    return listings


def _outdated(
    app: Sphinx, env: BuildEnvironment, added: Set[str], changed: Set[str], removed: Set[str]
) -> list[str]:
    return [
        page
        for page, listing in _listings(env).items()
        if any(
            [path.as_posix() for path in files_in(Path(folder), pattern)] != before
            for (folder, pattern), before in listing.items()
        )
    ]


def _purge(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    _listings(env).pop(page, None)


def _merge(
    app: Sphinx, env: BuildEnvironment, pages: Iterable[str], other: BuildEnvironment
) -> None:
    theirs = _listings(other)
    _listings(env).update({page: theirs[page] for page in pages if page in theirs})


def setup(app: Sphinx) -> None:
    """Ask at every build whether the folders are what they were."""
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
