"""An answer is a file of differences, composed with the solution."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from workshop import course
from workshop.course import CourseError, Exercise
from workshop.course.answers import WHOLE, compose, read_answers, statements, write_answer

COURSE = course.discover()
SOLUTION = '''"""The blog."""

import logging
import os

from aiohttp import web

LIMIT = 3
"""Of tries."""
log = logging.getLogger(__name__)  # its name


# Handlers


@decorated
async def show(request):
    """Show a post."""
    return web.Response(text="1; 2")


def create_app():
    return web.Application()


if __name__ == "__main__":
    web.run_app(create_app())
'''
DOCSTRING = '"""An answer."""\n'


def changed(*pairs: tuple[str, str]) -> str:
    """Return the solution with the answer's docstring and other texts in place of some."""
    text = SOLUTION.replace('"""The blog."""\n', DOCSTRING)
    for old, new in pairs:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


NAMES = ["docstring", "imports", "LIMIT", "log", "show", "create_app", 'if __name__ == "__main__":']


def test_statements_have_names():
    """By these an answer's statement takes the place of the solution's; no text is lost."""
    found = statements(SOLUTION)
    assert [name for name, _ in found] == NAMES
    assert "".join(text for _, text in found) == SOLUTION
    assert statements("") == []
    assert [name for name, _ in statements("A = B = 1\nC: int = 2\nD[1] = 3\nprint(D)\n")] == [
        "A = B",
        "C",
        "D[1]",
        "print(D)",
    ]


SHOW = SOLUTION.partition("# Handlers\n\n\n")[2].partition("\n\n\n")[0]
LIMIT = '\nLIMIT = 3\n"""Of tries."""'
SHOWN = "def show(request):\n    return None"
ORDERED = """

def helper():
    pass


def create_app():
    return web.Application(middlewares=[helper])
"""


@pytest.mark.parametrize(
    ("answer", "whole"),
    [
        pytest.param("", changed(), id="another docstring alone"),
        pytest.param(f"\n\n# Handlers\n\n\n{SHOWN}\n", changed((SHOW, SHOWN)), id="a function"),
        pytest.param(f"\n\n# Handlers\n\n\n{SHOWN}", changed((SHOW, SHOWN)), id="no end of line"),
        pytest.param("LIMIT = 4\n", changed((LIMIT, "LIMIT = 4")), id="a value"),
        pytest.param(
            "\nimport os\n",
            changed(("import logging\nimport os\n\nfrom aiohttp import web\n", "import os\n")),
            id="all imports",
        ),
        pytest.param(
            ORDERED,
            changed(("\n\ndef create_app():\n    return web.Application()\n", ORDERED)),
            id="a new one stands before the next",
        ),
        pytest.param(
            f"\n\n# Handlers\n\n\n{SHOWN}\n\n\nx = 1\n",
            changed((SHOW, f"{SHOWN}\n\n\nx = 1")),
            id="or behind the last",
        ),
        pytest.param("\n\nx = 1\n", changed() + "\n\nx = 1\n", id="or at the end"),
        pytest.param(
            "\nif __name__ == \"__main__\":\n    pass\n",
            changed(("\n\nif __name__", "\nif __name__"), ("web.run_app(create_app())", "pass")),
            id="another statement",
        ),
    ],
)  # fmt: skip
def test_what_differs_takes_its_place(answer: str, whole: str):
    """All the rest is the solution's, comments and blank lines included."""
    assert compose(SOLUTION, DOCSTRING + answer) == whole


def test_what_the_answer_has_not():
    """It is named in the first line, or in the first lines."""
    main = '\n\nif __name__ == "__main__":\n    web.run_app(create_app())\n'
    log = "log = logging.getLogger(__name__)  # its name\n"
    shorter = changed((main, ""), (log, ""))
    marks = (
        '# removed: log, if __name__ == "__main__":',
        '# removed: log\n# removed: if __name__ == "__main__":',
    )
    assert {compose(SOLUTION, f"{mark}\n{DOCSTRING}") for mark in marks} == {shorter}


def test_what_is_moved():
    """It is removed, and new at another place."""
    moved = "\n\ndef show(request):\n    pass\n"
    composed = compose(SOLUTION, f"# removed: show\n{DOCSTRING}{moved}")
    assert [name for name, _ in statements(composed)] == [
        name for name in NAMES if name != "show"
    ] + ["show"]


def test_the_second_of_a_name():
    """It stands behind the first one: a learner may write a function twice."""
    twice = "\n\ndef show(request):\n    pass\n" * 2
    names = [name for name, _ in statements(compose(SOLUTION, DOCSTRING + twice))]
    assert names == [*NAMES[:5], *NAMES[4:]]


def test_a_whole_file():
    """It is taken as it stands, also when it is no Python."""
    assert compose(SOLUTION, "# whole\ndef f(:\n") == "def f(:\n"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ('# removed: shown\n"""An answer."""\n', '"shown" is removed'),
        ("x = 1\n", "no docstring"),
        ('"""An answer."""\ndef f(:\n', "invalid syntax"),
    ],
)
def test_what_cannot_be_composed(tmp_path: Path, answer: str, reason: str):
    """The error names the file and the reason."""
    exercise = Exercise(tmp_path, "step01_hello", "greet")
    for file, text in (exercise.solution, SOLUTION), (exercise.answers / "wrong_a.py", answer):
        file.parent.mkdir(parents=True)
        file.write_text(text, "utf-8")
    with pytest.raises(CourseError, match=rf"wrong_a\.py: .*{reason}"):
        read_answers(exercise)


def test_an_answer_as_a_file(tmp_path: Path):
    """It has the text that `read_answers` gives."""
    exercise = COURSE.select("greet")[0]
    name, text = min(read_answers(exercise, "wrong_").items())
    assert write_answer(exercise, name, tmp_path) == tmp_path / f"{name}.py"
    assert (tmp_path / f"{name}.py").read_text("utf-8") == text


@pytest.mark.parametrize("exercise", [pytest.param(e, id=e.key) for e in COURSE.exercises])
def test_an_answer_answers(exercise: Exercise):
    """It differs from the solution, and what it adds is used.

    A function that the solution no longer has, under this name, would be judged by nobody.
    """
    solution = exercise.solution.read_text("utf-8")
    known = dict(statements(solution))
    for name, text in read_answers(exercise).items():
        assert without_docstring(text) != without_docstring(solution), name
        if not (exercise.answers / f"{name}.py").read_text("utf-8").startswith(WHOLE):
            new = [
                made for made, code in statements(text) if made not in known and "\n@" not in code
            ]
            assert [made for made in new if is_unused(made, text)] == [], name


def is_unused(name: str, text: str) -> bool:
    """Say whether a text defines a name and does nothing else with it."""
    if name.startswith("test_") or not name.isidentifier():
        return False
    return len(re.findall(rf"\b{name}\b", text)) == 1


def without_docstring(text: str) -> str:
    """Return the program of a text, whatever it says of itself."""
    return ast.dump(ast.Module(ast.parse(text).body[1:], []))
