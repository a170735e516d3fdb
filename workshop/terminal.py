"""Report → text: what a learner reads in the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from workshop.course import Course, Exercise
from workshop.doctor import Finding
from workshop.progress import Progress
from workshop.report import Check, Difference, Exchange, Line, Message, Outcome, Report, ServerHalf

COLOURS = {Outcome.PASSED: "green", Outcome.FAILED: "red", Outcome.BROKEN: "yellow"}
SIGNS = {Outcome.PASSED: ("✓", "+"), Outcome.FAILED: ("✗", "x"), Outcome.BROKEN: ("!", "!")}
WORDS = {Outcome.PASSED: "passed", Outcome.FAILED: "failed", Outcome.BROKEN: "broken"}
BODY_LINES = 12
"""Lines of a body that the terminal shows."""
LABEL = 14
"""Columns before a block."""


class Terminal:
    """Writes to a console; plain where the console has no colours or no Unicode."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False, soft_wrap=False)
        self._plain = "utf" not in (self.console.encoding or "").lower()

    def report(
        self, report: Report, exercise: Exercise, taken: dict[str, int], brief: bool = False
    ) -> None:
        """Show a verdict, `brief` in one line; `taken` says how many hints a check was given."""
        print_ = self.console.print
        if brief:
            print_(self._head(report, exercise))
            return
        print_()
        print_(self._head(report, exercise))
        print_(Text(_path(exercise), "dim"))
        print_()
        if report.message:
            self._broken(report)
        trouble = report.first_trouble
        for check in report.checks:
            if report.message and check is not trouble and not check.passed:
                continue
            print_(self._line(check))
            if check is trouble:
                print_(Padding(Group(*self._evidence(check, report)), (0, 0, 1, 4)))
        if report.output:
            print_(Padding(_block("printed on import", report.output.splitlines()), (0, 0, 1, 2)))
        if trouble and (hints := trouble.hints):
            self._hints(hints, taken.get(trouble.name, 0), exercise)

    def next_action(self, report: Report, course: Course, progress: Progress) -> None:
        """Say what to do now."""
        exercise = next(e for e in course.select(report.exercise) if e.step == report.step)
        if not report.passed:
            self.say("Next", f"edit {_path(exercise)} and save")
            self.say("", f"then: python -m workshop check {exercise.name}")
            return
        following = progress.next_open(
            e for e in course.exercises if e.step >= exercise.step
        ) or progress.next_open(course.exercises)
        if following is None:
            self.say("Next", "you have done every exercise of the course. Well done!")
        elif following.step == exercise.step:
            self.say("Next", f"{following.key} – {following.title} ({following.minutes} minutes)")
            self.say("", f"edit {_path(following)}")
            self.say("", f"then: python -m workshop check {following.name}")
        else:
            label = following.step[:6]
            self.say("Next", f"{label} is waiting: read its page, and start it with")
            self.say("", f"python -m workshop run {label}")

    def say(self, label: str, text: str) -> None:
        """Print a labelled line."""
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=7)
        grid.add_row(Text(label, "bold"), text)
        self.console.print(grid)

    def listing(self, course: Course, progress: Progress) -> None:
        """Show every exercise and what is done."""
        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
        for step in course.steps:
            table.add_row("", Text(f"{step.label} {step.slug}", "bold"), "", "")
            for exercise in step.exercises:
                done = progress.done(exercise)
                sign = SIGNS[Outcome.PASSED][self._plain] if done else ("·", "-")[self._plain]
                table.add_row(
                    Text(sign, "green" if done else "dim"),
                    f"  {exercise.name}",
                    exercise.title,
                    Text(f"{exercise.minutes} min, {exercise.when}", "dim"),
                )
        self.console.print(table)
        done_count = sum(progress.done(exercise) for exercise in course.exercises)
        self.console.print(f"\n{done_count} of {len(course.exercises)} exercises done.")

    def findings(self, findings: list[Finding]) -> None:
        """Show what the doctor found."""
        width = max(len(finding.what) for finding in findings) + 2
        for finding in findings:
            outcome = (
                Outcome.PASSED
                if finding.well
                else Outcome.FAILED if finding.needed else Outcome.BROKEN
            )
            sign = SIGNS[outcome][self._plain]
            self.console.print(
                Text.assemble((f"{sign} ", COLOURS[outcome]), f"{finding.what:<{width}}", finding.found)
            )
            if not finding.well:
                self.console.print(Padding(Text(finding.remedy), (0, 0, 0, width + 2)))
        ready = all(finding.well for finding in findings if finding.needed)
        self.console.print()
        self.console.print("Ready." if ready else "Not ready yet: see the lines above.")

    def _head(self, report: Report, exercise: Exercise) -> Text:
        passed = sum(check.passed for check in report.checks)
        colour = COLOURS[report.outcome]
        return Text.assemble(
            (f"{SIGNS[report.outcome][self._plain]} {exercise.key}", f"bold {colour}"),
            (f" – {exercise.title}  ", "bold"),
            (f"{WORDS[report.outcome]}, {passed} of {len(exercise.questions)} checks", colour),
        )

    def _line(self, check: Check) -> Text:
        sign = SIGNS[check.outcome][self._plain]
        return Text.assemble(("  " + sign + " ", COLOURS[check.outcome]), check.sentence)

    def _broken(self, report: Report) -> None:
        shown = report.advice.sentence if report.advice else report.message or ""
        self.console.print(Padding(Text(shown, "bold yellow"), (0, 0, 0, 2)))
        if report.advice:
            self.console.print(Padding(Text(report.advice.action), (0, 0, 0, 2)))
        self.console.print()

    def _evidence(self, check: Check, report: Report) -> Iterator[RenderableType]:
        """Yield what is known of a check that did not pass, the plainest first."""
        if check.difference and check.outcome is Outcome.FAILED:
            if check.message and not check.message.startswith("It came as "):
                yield Text(check.message)
            yield from _difference(check.difference)
        elif check.message and check.message != report.message:
            yield Text(check.message)
        if check.advice and check.advice != report.advice:
            yield Text(check.advice.sentence, "bold")
            yield Text(check.advice.action)
        yield from _lines(check)
        if check.exchanges:
            yield from self._exchange(check.exchanges[-1])
        if check.output:
            yield _block("your code printed", check.output.splitlines())

    def _exchange(self, exchange: Exchange) -> Iterator[RenderableType]:
        marks = {mark.part: mark for mark in exchange.marks}
        rows = [Text(exchange.request.start, "bold"), *_headers(exchange.request, {})]
        rows += _body(exchange.request, None)
        yield _block("request", rows)
        if exchange.response is None:
            yield _block("answer", ["none came"])
        else:
            status = Text(exchange.response.start, "bold")
            if "status" in marks:
                status.stylize("reverse")
                status.append("   <-- here", "bold red")
            rows = [status, *_headers(exchange.response, marks)]
            rows += _body(exchange.response, marks.get("body"))
            yield _block("answer", rows)
        if exchange.frames:
            yield _block(
                "websocket", [f"{'>' if f.sent else '<'} {f.kind} {f.data}" for f in exchange.frames]
            )
        if exchange.server:
            yield _block("in your server", list(_server(exchange.server)))
        yield _block("send it again", [Text(exchange.curl)])

    def _hints(self, hints: tuple[str, ...], taken: int, exercise: Exercise) -> None:
        for number, hint in enumerate(hints[:taken], 1):
            self.say("Hint", f"{number} of {len(hints)}: {hint}")
        if taken < len(hints):
            more = "another" if taken else "a"
            self.say("Stuck?", f"python -m workshop hint {exercise.name} gives you {more} hint.")


def _path(exercise: Exercise) -> str:
    return exercise.file.relative_to(exercise.root).as_posix()


def _difference(difference: Difference) -> Iterator[RenderableType]:
    labels = {
        "==": ("came", "wanted"),
        "in": ("came", "must hold"),
        "not in": ("came", "must not hold"),
    }
    left, right = labels.get(difference.operator, ("came", f"must be {difference.operator}"))
    width = max(len(left), len(right)) + 2
    came, wanted = Text(_cut(difference.came)), Text(_cut(difference.wanted))
    if difference.operator == "==":
        start, end = _unlike(came.plain, wanted.plain)
        came.stylize("reverse", start, max(end, start + 1))
    yield Text.assemble((f"{left:<{width}}", "red"), came)
    yield Text.assemble((f"{right:<{width}}", "green"), wanted)


def _unlike(came: str, wanted: str) -> tuple[int, int]:
    start = 0
    while start < min(len(came), len(wanted)) and came[start] == wanted[start]:
        start += 1
    tail = 0
    while tail < min(len(came), len(wanted)) - start and came[-1 - tail] == wanted[-1 - tail]:
        tail += 1
    return start, len(came) - tail


def _cut(text: str, most: int = 300) -> str:
    return text if len(text) <= most else text[:most] + " …"


def _lines(check: Check) -> Iterator[RenderableType]:
    """Yield the learner's line that the trouble came from, unless the server's half shows it."""
    line = (check.advice and check.advice.line) or (check.traceback[-1] if check.traceback else None)
    if line:
        yield Text.assemble(("at ", "dim"), *_at(line))


def _at(line: Line) -> list[str | tuple[str, str]]:
    where: list[str | tuple[str, str]] = [(f"{line.file}:{line.number}", "cyan")]
    if line.code:
        where.append(f"   {line.code.strip()}")
    return where


def _headers(message: Message, marks: dict[str, object]) -> list[Text]:
    rows = []
    for name, value in message.headers:
        row = Text(f"{name}: {value}", "reverse" if name in marks else "dim")
        if name in marks:
            row.append("   <-- here", "bold red")
        rows.append(row)
    return rows


def _body(message: Message, mark: object) -> list[Text]:
    if not message.body:
        return []
    text = Text(_pretty(message) if mark is None else message.body)
    start, end = (getattr(mark, "start", 0), getattr(mark, "end", 0)) if mark else (0, 0)
    if mark:
        text.stylize("reverse", start, end or len(text))
    rows = [*text.split("\n", allow_blank=False)]
    cut = [Text(f"… {len(rows) - BODY_LINES} more lines", "dim")] if len(rows) > BODY_LINES else []
    return [Text(""), *rows[:BODY_LINES], *cut]


def _pretty(message: Message) -> str:
    try:
        return json.dumps(json.loads(message.body), ensure_ascii=False)
    except ValueError:
        return message.body


def _server(half: ServerHalf) -> Iterator[RenderableType]:
    if half.route:
        yield Text(f"route   {half.route}  →  {half.handler}")
    else:
        yield Text("route   none matched; yours are: " + (", ".join(half.nearest) or "none at all"))
    if half.middlewares:
        yield Text("passed  " + " → ".join(half.middlewares))
    if half.error:
        yield Text(f"error   {half.error}", "red")
    for line in half.traceback:
        yield Text.assemble("at      ", *_at(line))
    for record in half.log:
        yield Text(f"log     {record.splitlines()[0]}", "dim")


def _block(title: str, rows: list[RenderableType] | list[str] | list[Text]) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=LABEL)
    for number, row in enumerate(rows):
        grid.add_row(
            Text(title if number == 0 else "", "dim"), Text("|", "dim"), row
        )
    return Padding(grid, (1, 0, 0, 0))
