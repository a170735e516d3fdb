"""The guard for authors: tests that compare the trees, the pages and the engine's imports."""

from __future__ import annotations

import ast
import asyncio
import difflib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from workshop import course, setup
from workshop.course import ROOT, Exercise, Step
from workshop.report import Outcome
from workshop.runner import checker

COURSE = course.discover()
ALL = tuple(pytest.param(e, id=e.key) for e in COURSE.exercises)
SOME = tuple(
    pytest.param(e, id=e.key, marks=pytest.mark.sampled(e.key, table=e.step))
    for e in COURSE.exercises
)
"""All exercises; a sample has some of each step."""
STEPS = tuple(pytest.param(s, id=s.label) for s in COURSE.steps)
MINUTES_PLAN = {"workshop": (range(1, 9), 180), "with the prologue": (range(9), 205)}
SENTENCE = 90


def front_matter(step: Step) -> dict[str, int | str]:
    """Return the front matter of a step's page."""
    text = step.page.read_text(encoding="utf-8")
    matter: dict[str, int | str] = yaml.safe_load(text.split("---")[1])
    return matter


# The trees


@pytest.mark.parametrize("tree", [*course.TREES, "workshop/stubs"])
def test_trees_mirror_each_other(tree):
    """A step has a folder in every tree, and no tree has another."""
    folders = {p.name for p in (ROOT / tree).glob("step*") if any(p.rglob("*.*"))}
    assert folders == {step.folder for step in COURSE.steps}


def test_numbers_have_no_gap():
    """Steps are numbered 00 or 01, then one by one."""
    numbers = [step.number for step in COURSE.steps]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert numbers[0] in {0, 1}


@pytest.mark.parametrize("step", STEPS)
def test_every_file_belongs_to_an_exercise(step):
    """Every stub, suite, solution and folder of answers belongs to an exercise."""
    for tree in ("exercises", "solutions", "workshop/stubs"):
        folder = ROOT / tree / step.folder
        files = [p for p in folder.glob("*.py") if p.name != "conftest.py"]
        found = {p.stem.removeprefix("test_") for p in files}
        assert found == {e.name for e in step.exercises}, tree
    answers = ROOT / "workshop/tests/answers" / step.folder
    assert {p.name for p in answers.iterdir()} == {e.name for e in step.exercises}


@pytest.mark.parametrize("step", STEPS)
def test_exercises_are_numbered_and_one_stretches(step):
    """A step has three to five exercises, numbered from 1; only the last one is a stretch."""
    assert [e.number for e in step.exercises] == list(range(1, len(step.exercises) + 1))
    assert 3 <= len(step.exercises) <= 5
    assert [e.when == "stretch" for e in step.exercises].index(True) == len(step.exercises) - 1
    assert all(5 <= e.minutes <= 15 for e in step.exercises)


# Stubs, suites, solutions


def gaps(exercise: Exercise) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the lines of stub and solution that differ, with the blank lines between them."""
    stub = exercise.stub.read_text(encoding="utf-8").splitlines()
    solution = exercise.solution.read_text(encoding="utf-8").splitlines()
    in_stub: list[str] = []
    in_solution: list[str] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, stub, solution, False).get_opcodes():
        if tag != "equal":
            in_stub += stub[a:b]
            in_solution += solution[c:d]
        elif any(line.strip() for line in stub[a:b]):
            if in_stub or in_solution:
                yield in_stub, in_solution
            in_stub, in_solution = [], []
    if in_stub or in_solution:
        yield in_stub, in_solution


@pytest.mark.parametrize("exercise", ALL)
def test_stub_differs_only_at_its_todos(exercise):
    """Each difference between stub and solution has a TODO in the stub, none in the solution."""
    stub = exercise.stub.read_text(encoding="utf-8")
    found = list(gaps(exercise))
    assert found
    for in_stub, in_solution in found:
        assert "# TODO: " in "\n".join(in_stub), f"no TODO here:\n{in_stub}\n{in_solution}"
    assert sum("# TODO: " in "\n".join(in_stub) for in_stub, _ in found) == len(found)
    assert stub.count("# TODO: ") >= len(found)
    assert "TODO" not in exercise.solution.read_text(encoding="utf-8")


@pytest.mark.parametrize("exercise", SOME)
async def test_stub_fails_as_failed(exercise):
    """The first check of an unchanged stub fails by an assertion, and is not broken."""
    report = await checker.check(exercise, exercise.stub, checker.Limits(seconds=15))
    assert report.outcome is Outcome.FAILED, report.message or report.first_trouble
    assert report.checks[0].outcome is Outcome.FAILED
    assert report.checks[0].hints


@pytest.mark.parametrize("exercise", SOME)
async def test_solution_passes(exercise):
    """A solution passes every check, and prints nothing."""
    report = await checker.check(exercise, exercise.solution, checker.Limits(seconds=15))
    assert report.passed, report.first_trouble or report.message
    assert {c.name.partition("[")[0] for c in report.checks} == {q.name for q in exercise.questions}
    assert "".join(c.output for c in report.checks) == ""


@pytest.mark.parametrize("exercise", ALL)
def test_every_check_has_a_sentence_and_hints(exercise):
    """Every check has a sentence that fits a line, and at least two hints."""
    most = 13 if exercise.when == "stretch" else 8  # step 08: the right app and twelve mutants
    assert 3 <= len(exercise.questions) <= most
    assert exercise.task
    for question in exercise.questions:
        assert question.sentence != question.name, f"{question.name} has no docstring"
        assert len(question.sentence) <= SENTENCE, question.sentence
        assert question.sentence.endswith((".", "?")), question.sentence
        assert len(question.hints) >= 2, question.name


@pytest.mark.parametrize("exercise", ALL)
def test_handed_out_as_kept(exercise):
    """The stub in exercises/ equals the copy that `reset` uses (python -m workshop stubs)."""
    assert exercise.file.read_bytes() == exercise.stub.read_bytes()


# Pages


FENCE = re.compile(
    r"^(`{3,}|:{3,})\{?([\w-]*)\}?[ \t]*(.*?)\n(.*?)^\1[ \t]*$", re.DOTALL | re.MULTILINE
)


def fences(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield name, argument and content of each fenced block; nested blocks follow their parent."""
    for found in FENCE.finditer(text):
        yield found[2], found[3], found[4]
        yield from fences(found[4])


def blocks(step: Step) -> list[tuple[str, str, str]]:
    """Return the fenced blocks of a step's page."""
    return list(fences(step.page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("step", STEPS)
def test_blocks_come_from_files(step):
    """A step's page has no typed code, response or output: all blocks come from files."""
    typed = {"python", "py", "http", "html", "json", "pycon", "code", "code-block", "diff"}
    assert not [name for name, _, _ in blocks(step) if name in typed]


@pytest.mark.parametrize("step", STEPS)
def test_page_has_every_exercise_once_and_the_changes(step):
    """A page has each exercise of its step once, in order, and `changes` and `instructor` once."""
    names = [name for name, _, _ in blocks(step)]
    assert [a for n, a, _ in blocks(step) if n == "exercise"] == [e.name for e in step.exercises]
    assert names.count("changes") == names.count("instructor") == 1


@pytest.mark.parametrize("step", STEPS)
def test_minutes_add_up(step):
    """The minutes of a page are the sum of its reading and its exercises in the room."""
    matter = front_matter(step)
    room = sum(e.minutes for e in step.exercises if e.when == "room")
    assert matter["minutes"] == int(matter["reading"]) + room
    assert str(matter["goal"]).endswith(".")


@pytest.mark.parametrize("name", MINUTES_PLAN)
def test_the_plan_holds(name):
    """The minutes of the steps of a half-day add up to no more than the plan allows."""
    numbers, most = MINUTES_PLAN[name]
    assert sum(int(front_matter(s)["minutes"]) for s in COURSE.steps if s.number in numbers) <= most


# The chain of steps


def shown_lines(step: Step) -> dict[str, set[int]]:
    """Return the line numbers of each file that a page shows with {show}."""
    lines: dict[str, set[int]] = {}
    for name, file, content in blocks(step):
        if name != "show":
            continue
        path = step.path / file.strip()
        if not path.exists():  # an example of a mistake, in the folder of the page
            assert (step.page.parent / file.strip()).exists(), file
            continue
        source = path.read_text(encoding="utf-8")
        objects = re.search(r"^:object:\s*(.+)$", content, re.MULTILINE)
        found = lines.setdefault(file.strip(), set())
        if objects is None:
            found |= set(range(1, source.count("\n") + 2))
            continue
        for wanted in objects[1].split(","):
            start, end = line_range(ast.parse(source), wanted.strip().split("."))
            found |= set(range(start, end + 1))
    return lines


def line_range(tree: ast.AST, names: list[str]) -> tuple[int, int]:
    """Return the first and the last line of a function, class or method, decorators included."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if names[0] in {ast.unparse(target) for target in targets}:
                return node.lineno, node.end_lineno or node.lineno
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if node.name == names[0] and names[1:]:
                return line_range(node, names[1:])
            if node.name == names[0]:
                first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
                return first, node.end_lineno or node.lineno
    raise AssertionError(f"no {'.'.join(names)}")


def added_lines(step: Step) -> Iterator[tuple[str, int, str]]:
    """Yield file, number and text of each line that a step adds to the step before."""
    before = COURSE.before(step)
    for file in step.files:
        if file.name.startswith("test_") or file.suffix not in {".py", ".html", ".css", ".js"}:
            continue
        new = (step.path / file).read_text(encoding="utf-8").splitlines()
        old_file = before.path / file if before else None
        old = []
        if before and old_file and old_file.exists():
            text = old_file.read_text("utf-8").replace(before.folder, step.folder)
            old = text.splitlines()
        for tag, _, _, c, d in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
            if tag in {"insert", "replace"}:
                yield from ((file.as_posix(), n + 1, new[n]) for n in range(c, d))


@pytest.mark.parametrize("step", STEPS)
def test_every_added_line_is_shown(step):
    """The page of a step shows every line that the step adds to the step before."""
    seen = shown_lines(step)
    hidden = [
        f"{file}:{number} {text}"
        for file, number, text in added_lines(step)
        if text.strip() and number not in seen.get(file, set())
    ]
    assert not hidden, "\n".join(hidden)


# The engine

VIEWS = {"terminal", "site"}
"""Layers that read reports; they do not import the layers of `CHECKING`."""
CHECKING = {"runner", "recorder"}
PAGE_MODULES = ("report", "course", "recorder.plugin", "advice.explain")
FORBIDDEN_IMPORTS = {
    "subprocess",
    "multiprocessing",
    "threading",
    "socket",
    "concurrent",
    "psutil",
    "_thread",
}
NOT_ENGINE = {"tests", "template", "stubs"}
"""Folders of workshop/ that are not part of the engine."""
ROW = re.compile(r"^\| `([\w/.]+)` \| .+ \|$", re.MULTILINE)
"""A row of the table of layers in CONTRIBUTING."""


def imports_of(path: Path) -> set[str]:
    """Return the modules, and names in modules, that a file imports at any line."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def sources() -> dict[str, Path]:
    """Return the engine's source files by module name."""
    files = {}
    for path in (ROOT / "workshop").rglob("*.py"):
        parts = path.relative_to(ROOT / "workshop").with_suffix("").parts
        if parts[0] not in NOT_ENGINE and parts != ("__init__",):
            files[".".join(parts).removesuffix(".__init__")] = path
    return files


def engine() -> dict[str, set[str]]:
    """Return the engine's modules and the other modules that each imports."""
    files = sources()
    own = {
        name: [i.removeprefix("workshop.") for i in imports_of(path) if i.startswith("workshop.")]
        for name, path in files.items()
    }
    return {
        name: {i if i in files else i.rpartition(".")[0] for i in needs} & files.keys()
        for name, needs in own.items()
    }


def layers() -> dict[str, set[str]]:
    """Return the top-level packages and modules of the engine, and the layers that each imports."""
    found: dict[str, set[str]] = {}
    for name, needs in engine().items():
        layer = name.partition(".")[0]
        found.setdefault(layer, set()).update({i.partition(".")[0] for i in needs} - {layer})
    return found


@pytest.mark.parametrize("graph", [engine, layers])
def test_imports_have_no_circle(graph):
    """No module and no layer is part of an import cycle."""
    modules = graph()
    circles = [
        (m, i) for m, needs in modules.items() for i in needs if m in transitive_imports(i, modules)
    ]
    assert not circles


def test_imports_point_one_way():
    """Views do not import the checker, the checker no views, and the recorder no advice."""
    found = layers()
    assert found["report"] == set()
    assert found["course"] == {"preflight"}
    assert not {m for m, needs in found.items() if needs & {"cli", "__main__"}} - {"__main__"}
    assert not [m for m, f in sources().items() if any("benchmarks" in i for i in imports_of(f))]
    for layer in VIEWS:
        assert not transitive_imports(layer, found) & CHECKING, layer
    for layer in CHECKING:
        assert not transitive_imports(layer, found) & VIEWS, layer
    assert (
        not transitive_imports("workspace", found) & CHECKING
    )  # who runs a course gives the session its check
    assert "advice" not in transitive_imports(
        "recorder", found
    )  # the recorder is given its function


def test_every_layer_is_in_the_table():
    """CONTRIBUTING lists all layers, and each layer imports only from layers above it."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text.partition("| layer | ")[2].partition("\n\n")[0]
    listed = [name.removesuffix("/").removesuffix(".py") for name in ROW.findall(table)]
    found = layers()
    assert sorted(listed) == sorted(found)
    for at, layer in enumerate(listed):
        assert found[layer] <= set(listed[:at]), layer


def transitive_imports(name: str, modules: dict[str, set[str]]) -> set[str]:
    """Return a module and all modules that it imports, directly or indirectly."""
    found: set[str] = set()
    ahead = {name}
    while ahead:
        module = ahead.pop()
        found.add(module)
        ahead |= modules[module] - found
    return found


@pytest.mark.parametrize("name", PAGE_MODULES)
def test_runs_inside_a_page(name):
    """These modules and their imports use no process, thread or socket: they run in a web page."""
    files = sources()
    for module in transitive_imports(name, engine()):
        used = {i.partition(".")[0] for i in imports_of(files[module])} & FORBIDDEN_IMPORTS
        assert not used, f"{module} imports {used}"


# Settings


def test_requirements_pin_what_the_course_needs():
    """requirements.txt has every dependency with one exact version for each Python."""
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    pinned = {line.partition("==")[0] for line in lines if "==" in line}
    assert len([line for line in lines if line.strip()]) == sum("==" in line for line in lines)
    assert set(setup.needed(ROOT / "pyproject.toml")) <= pinned


def test_a_check_may_run_beside_another():
    """Two checks that run at the same time have the same results as alone."""
    exercise = COURSE.exercises[0]

    async def both() -> list[Outcome]:
        reports = await asyncio.gather(
            checker.check(exercise, exercise.solution, checker.Limits(seconds=15)),
            checker.check(exercise, exercise.stub, checker.Limits(seconds=15)),
        )
        return [report.outcome for report in reports]

    assert asyncio.run(both()) == [Outcome.PASSED, Outcome.FAILED]
