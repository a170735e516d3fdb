"""Scaffolding for authors: the folders of a new step in all trees; stubs from exercises."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

from workshop.course import Course, CourseError, Exercise, Step, discover

TEMPLATES = Path(__file__).parent / "template"
HOLE = """    # TODO: Return the text "{}" with status 200.
    return web.Response(status=501, text="not done yet")
"""
TO_WRITE = (
    "docs/{folder}/index.md: every TODO, and the minutes",
    "steps/{folder}/: what this step adds (so far it is the last step's app)",
    "exercises/{folder}/: the real exercises; {exercise} is only a beginning",
    "workshop/tests/answers/{folder}/: three right and three wrong answers for each exercise",
)


def new_step(found: Course, topic: str) -> tuple[list[Path], list[str]]:
    """Create the next step in all trees; return its folders, and sentences on what to write there.

    Its app is a copy of the last step's. Raises CourseError when the topic is no valid name of a
    folder, or is taken.
    """
    slug = topic.strip().lower().replace("-", "_").replace(" ", "_")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", slug):
        raise CourseError(
            f'"{topic}" cannot name a folder. Use letters and digits, as in http_caching.'
        )
    if slug in {step.slug for step in found.steps}:
        raise CourseError(f'There is a step "{slug}" already. Choose another topic.')
    last = found.steps[-1]
    step = Step(found.root, f"step{last.number + 1:02}_{slug}")
    exercise = Exercise(found.root, step.folder, f"first_{slug}")
    _copy_app(last, step)
    _write_templates(exercise, step)
    take_stubs(discover(found.root))
    folders = [
        found.root / tree / step.folder for tree in ("docs", "steps", "exercises", "solutions")
    ]
    names = {"folder": step.folder, "exercise": exercise.name}
    return folders, [line.format(**names) for line in TO_WRITE]


def take_stubs(found: Course) -> list[Path]:
    """Copy each exercise's file to its stub; return the stubs that are new or have changed.

    Raises CourseError for a file without a TODO: that is somebody's answer, not a stub.
    """
    changed = []
    for exercise in found.exercises:
        content = exercise.file.read_bytes()
        if exercise.stub.exists() and exercise.stub.read_bytes() == content:
            continue
        if b"# TODO: " not in content:
            raise CourseError(f"{exercise.file} has no TODO, so it is no stub. Reset it first.")
        exercise.stub.parent.mkdir(parents=True, exist_ok=True)
        exercise.stub.write_bytes(content)
        changed.append(exercise.stub)
    return changed


def _copy_app(last: Step, step: Step) -> None:
    """Copy the last step's app, with the new step's name in place of the last one's."""
    for file in last.files:
        path = step.path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        content = (last.path / file).read_bytes()
        path.write_bytes(content.replace(last.folder.encode(), step.folder.encode()))


def _write_templates(exercise: Exercise, step: Step) -> None:
    """Write page, suite, solution and exercise from the templates."""
    title = step.slug.replace("_", " ").capitalize()
    names = {"number": f"{step.number:02}", "title": title, "exercise": exercise.name}

    def filled(name: str) -> str:
        return Template((TEMPLATES / name).read_text(encoding="utf-8")).substitute(names)

    solution = filled("solution.py")
    answer = f'    return web.Response(text="{title}")\n'
    for path, text in (
        (step.page, filled("index.md")),
        (exercise.suite, filled("test_exercise.py")),
        (exercise.solution, solution),
        (exercise.file, solution.replace(answer, HOLE.format(title))),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
