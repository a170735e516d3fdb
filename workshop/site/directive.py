"""The base class of the course's directives, and what makes a page out of date."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Set
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from workshop import course
from workshop.course import Course, CourseError, Exercise, Step

Listing = dict[tuple[str, str], list[str]]
LEFT_OUT = frozenset({"__pycache__", "data", "_build"})


def files_in(folder: Path, pattern: str = "*") -> list[Path]:
    """Return the files below a folder that match a pattern, sorted, without bytecode and data."""
    return sorted(
        path
        for path in folder.rglob(pattern)
        if path.is_file() and not LEFT_OUT & set(path.relative_to(folder).parts)
    )


def note_folder(env: BuildEnvironment, folder: Path, pattern: str = "*") -> list[Path]:
    """Record the files of a folder as a dependency of the current page; return them."""
    found = files_in(folder, pattern)
    listing = _listings(env).setdefault(env.docname, {})
    listing[folder.as_posix(), pattern] = [path.as_posix() for path in found]
    return found


def note_steps(env: BuildEnvironment) -> None:
    """Record all pages, suites and apps of steps as dependencies of the current page."""
    root = Path(env.srcdir).parent
    for tree, pattern in (("docs", "index.md"), ("exercises", "test_*.py"), ("steps", "app.py")):
        for path in note_folder(env, root / tree, pattern):
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
    """Connect the handlers that compare the recorded folders at every build."""
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)


class CourseDirective(SphinxDirective):
    """A Sphinx directive that knows the course; a CourseError fails the build at its line."""

    def run(self) -> list[nodes.Node]:
        """Return the nodes of `build`; raises DirectiveError with the message of a CourseError."""
        try:
            return self.build()
        except CourseError as error:
            self.env.note_reread()  # the next build reads the page again
            raise self.error(str(error)) from error

    @abstractmethod
    def build(self) -> list[nodes.Node]:
        """Return the nodes that replace the directive; raises CourseError when it is wrong."""

    @property
    def root(self) -> Path:
        """The course's folder, which holds docs/."""
        return Path(self.env.srcdir).parent

    @property
    def course(self) -> Course:
        """All steps."""
        return course.discover(self.root)

    @property
    def step(self) -> Step:
        """The step of this page; raises CourseError on a page that belongs to none."""
        page = Path(self.env.doc2path(self.env.docname))
        found = course.step_of(page, self.root)
        if found is None or found not in self.course.steps:
            where = display_path(page, self.root)
            raise CourseError(
                f"{{{self.name}}} shows the step of its page, but {where} belongs to none. "
                f"Use it in docs/stepNN_name/, beside a folder steps/stepNN_name/."
            )
        return found

    def exercise(self, name: str) -> Exercise:
        """Return an exercise of this page's step, or of any step by "step01/name".

        Raises CourseError, with the names that there are, when there is none.
        """
        if "/" in name:
            found = self.course.select(name)
            if len(found) == 1 and found[0].name == name.rpartition("/")[2]:
                return found[0]
            raise CourseError(f'There is no exercise "{name}". Write it as "step01/its_name".')
        step = self.step
        for candidate in step.exercises:
            if candidate.name == name:
                return candidate
        known = ", ".join(each.name for each in step.exercises) or "none yet"
        raise CourseError(
            f'{step.folder} has no exercise "{name}". It has: {known}. '
            f"An exercise is a suite: exercises/{step.folder}/test_{name}.py."
        )

    def depend(self, *files: Path) -> None:
        """Rebuild this page when one of the files changes or is deleted."""
        for file in files:
            if file.is_file():  # a missing dependency makes a page outdated at every build
                self.env.note_dependency(file)

    def depend_on_folder(self, folder: Path, pattern: str = "*") -> None:
        """Rebuild this page when a file in the folder changes, is added or is deleted."""
        found = note_folder(self.env, folder, pattern)
        self.depend(*found)


def display_path(path: Path, root: Path) -> str:
    """Return a path as the learner knows it: from the course's folder, with slashes."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
