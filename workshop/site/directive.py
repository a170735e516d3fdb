"""What every directive of the course knows: the course, the step of its page, its files."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from workshop import course
from workshop.course import Course, CourseError, Exercise, Step
from workshop.site import folders


class CourseDirective(SphinxDirective):
    """A directive whose faults are sentences: a CourseError fails the build at its line."""

    def run(self) -> list[nodes.Node]:
        """Return what `build` makes; raises DirectiveError with the sentence of a CourseError."""
        try:
            return self.build()
        except CourseError as error:
            self.env.note_reread()  # the next build looks again
            raise self.error(str(error)) from error

    @abstractmethod
    def build(self) -> list[nodes.Node]:
        """Return the nodes that stand in place of the directive."""

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
            raise CourseError(
                f"{{{self.name}}} shows the step of its page, but {shown(page, self.root)} belongs "
                f"to none. Use it in docs/stepNN_name/, beside a folder steps/stepNN_name/."
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
        """Build this page again when one of the files changes or goes."""
        for file in files:
            if file.is_file():  # one that is not there would make the page out of date for ever
                self.env.note_dependency(file)

    def depend_on_folder(self, folder: Path, pattern: str = "*") -> None:
        """Build this page again when a file in the folder changes, appears or goes."""
        found = folders.note(self.env, folder, pattern)
        self.depend(*found)


def shown(path: Path, root: Path) -> str:
    """Return a path as the learner knows it: from the course's folder, with slashes."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
