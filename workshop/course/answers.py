'''Answers to an exercise, right and wrong ones, for the course's own tests: a file of differences.

An answer is what a learner might write instead of the solution. Its file holds its docstring and
those statements of the module that differ from the solution:

    """The name is written into the answer.

    check: test_greets_by_name
    says: GET /greet/Grace answers "Hello, Grace!"
    """


    async def greet(request: web.Request) -> web.Response:
        """Greet by the name that stands in the path."""
        return web.Response(text="Hello, Ada!")

- A function, a class or an assignment takes the place of the solution's one of the same name.
  Of other statements, such as `if __name__ == "__main__":`, the first line is the name.
- Imports take the place of all imports of the solution.
- What the solution does not have stands before the next statement of the answer that the solution
  has; behind the last one of those where none follows; and at the end of the file where the answer
  has none at all. To give a place, an answer may repeat a statement of the solution.
- `# removed: name, other` in the first line names what the solution has and the answer has not.
  What the answer has all the same is new then: it may stand elsewhere.
- `# whole` in the first line: the rest of the file is the answer, as it stands.
'''

from __future__ import annotations

import ast
import re
from pathlib import Path

from workshop.course.layout import Exercise
from workshop.course.suite import CourseError, parse

WHOLE = "# whole\n"
REMOVED = "# removed: "
DOCSTRING = "docstring"
IMPORTS = "imports"


def read_answer(exercise: Exercise, name: str) -> str:
    """Return the whole text of an answer to an exercise.

    Raises CourseError, with the file, for an answer that does not fit to the solution.
    """
    file = exercise.answers / f"{name}.py"
    solution = exercise.solution.read_text(encoding="utf-8")
    try:
        return compose(solution, file.read_text(encoding="utf-8"))
    except (SyntaxError, ValueError) as error:
        raise CourseError(f"{file}: {error}") from error


def read_answers(exercise: Exercise, begin: str = "") -> dict[str, str]:
    """Return the text of each answer whose name begins so, by its name; raises CourseError."""
    files = sorted(exercise.answers.glob(f"{begin}*.py"))
    return {file.stem: read_answer(exercise, file.stem) for file in files}


def write_answer(exercise: Exercise, name: str, folder: Path) -> Path:
    """Write the whole text of an answer into a folder; return its file. Raises CourseError."""
    file = folder / f"{name}.py"
    file.write_text(read_answer(exercise, name), encoding="utf-8", newline="\n")
    return file


def compose(solution: str, answer: str) -> str:
    """Return the whole text of an answer; raises ValueError and SyntaxError where it has none."""
    if answer.startswith(WHOLE):
        return answer.removeprefix(WHOLE)
    removed: list[str] = []
    while answer.startswith(REMOVED):
        line, _, answer = answer.partition("\n")
        removed += line.removeprefix(REMOVED).split(", ")
    composed = dict(statements(solution))
    for name in removed:
        if composed.pop(name, None) is None:
            raise ValueError(f'"{name}" is removed, but the solution does not have it.')
    changed: list[str] = []
    new = ""
    for name, text in statements(answer.rstrip() + "\n"):
        if name in composed and name not in changed:
            composed[name] = new + text
            changed.append(name)
            new = ""
        else:
            new += text
    if DOCSTRING not in changed:
        raise ValueError("it has no docstring, or one that the solution does not have.")
    last = changed[-1] if len(changed) > 1 else list(composed)[-1]
    composed[last] += new
    return "".join(composed.values())


def statements(text: str) -> list[tuple[str, str]]:
    """Return name and text of each statement of a module, with what stands above it.

    Imports that follow one another are one statement; a string below an assignment belongs to it.
    Raises SyntaxError for what is no Python.
    """
    lines = re.findall(r"[^\n]*\n|[^\n]+$", text)
    found: list[tuple[str, str]] = []
    end = 0
    for node in parse(text).body:
        begin, end = end, node.end_lineno or end
        name, code = _name(node) or lines[node.lineno - 1].strip(), "".join(lines[begin:end])
        if found and (name == DOCSTRING or name == found[-1][0] == IMPORTS):
            name, code = found[-1][0], found.pop()[1] + code
        found.append((name, code))
    if found:
        found[-1] = (found[-1][0], found[-1][1] + "".join(lines[end:]))
    return found


def _name(node: ast.stmt) -> str | None:
    match node:
        case ast.Import() | ast.ImportFrom():
            return IMPORTS
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return node.name
        case ast.Assign():
            return " = ".join(map(ast.unparse, node.targets))
        case ast.AnnAssign():
            return ast.unparse(node.target)
        case ast.Expr(ast.Constant(str())):
            return DOCSTRING
    return None
