"""{exercise}: an exercise on its page: task, stub, checks with hints, commands."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from workshop.course import Exercise, Question
from workshop.site.directive import CourseDirective, display_path
from workshop.site.html import ExerciseSection, Tag, folded, literal, tag
from workshop.site.show import LANGUAGES

WHEN = {"room": "In the room", "home": "At home", "stretch": "Stretch"}


class ExerciseDirective(CourseDirective):
    """{exercise}: a section with the task, the file, the checks with hints, the commands."""

    required_arguments = 1

    def build(self) -> list[nodes.Node]:
        """Return a section that the live page finds by its `data-exercise`."""
        exercise = self.exercise(self.arguments[0])
        handed_out = exercise.stub if exercise.stub.is_file() else exercise.file
        self.depend(exercise.suite, handed_out)
        self.depend_on_folder(exercise.stub.parent, exercise.stub.name)  # it may be added later
        section = ExerciseSection(
            "",
            ids=[exercise.anchor],
            classes=["exercise", f"when-{exercise.when}"],
            data={"data-exercise": exercise.key},
        )
        section += nodes.title("", f"Exercise {exercise.number}: {exercise.title}")
        section += _badges(exercise)
        section += self.parse_text_to_nodes(exercise.task)
        section += self._file(exercise, handed_out.read_text(encoding="utf-8"))
        section += tag("p", "Its checks", classes="label")
        section += tag("ol", *map(self._check, exercise.questions), classes="checks")
        section += literal(self._commands(exercise), "console", classes="session")
        self._label(exercise, section)
        return [section]

    def _file(self, exercise: Exercise, stub: str) -> Tag:
        """Return the stub below its path; lines with a TODO are highlighted."""
        block = literal(stub, LANGUAGES.get(exercise.file.suffix, "text"))
        todo = [n for n, line in enumerate(stub.splitlines(), 1) if "# TODO" in line]
        block["highlight_args"] = {"hl_lines": todo}
        path = display_path(exercise.file, self.root)
        summary = tag("summary", "Your file: ", tag("code", path))
        unfolded = {"open": "open"} if exercise.when == "room" else {}
        return tag("details", summary, block, classes="stub", **unfolded)

    def _check(self, question: Question) -> Tag:
        sentence = tag("p", *self.parse_inline(question.sentence)[0], classes="sentence")
        inner: Tag | None = None
        count = len(question.hints)
        for number, hint in reversed(list(enumerate(question.hints, 1))):
            label = "Hint" if count == 1 else f"Hint {number} of {count}"
            words = tag("p", *self.parse_inline(hint)[0])
            inner = folded(label, words, *filter(None, [inner]), classes="hint")
        return tag("li", sentence, *filter(None, [inner]), data_check=question.name)

    def _commands(self, exercise: Exercise) -> str:
        single = len(self.course.select(exercise.name)) == 1
        name = exercise.name if single else exercise.key
        return f"$ python -m workshop check {name}\n$ python -m workshop hint {name}\n"

    def _label(self, exercise: Exercise, section: nodes.Element) -> None:
        anchor = section["ids"][0]
        self.state.document.ids[anchor] = section
        self.env.domains.standard_domain.note_hyperlink_target(
            exercise.key, self.env.docname, anchor, exercise.title
        )


def _badges(exercise: Exercise) -> Tag:
    return tag(
        "p",
        tag("span", WHEN[exercise.when], classes=f"badge {exercise.when}"),
        tag("span", f"{exercise.minutes} minutes", classes="badge"),
        tag("code", exercise.key),
        classes="badges",
    )


def setup(app: Sphinx) -> None:
    """Add {exercise}."""
    app.add_directive("exercise", ExerciseDirective)
