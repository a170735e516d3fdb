"""The terminal: what a learner reads, on any console."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from workshop.apps.doctor import Finding
from workshop.course import discover
from workshop.report import (
    Advice,
    Check,
    Exchange,
    Frame,
    Line,
    Mark,
    Message,
    Outcome,
    Report,
    ServerHalf,
)
from workshop.report.comparison import Comparison
from workshop.terminal import lists
from workshop.terminal.glyphs import encodable, escape_controls
from workshop.terminal.page import Page
from workshop.terminal.report_text import ReportWriter
from workshop.workspace.progress import Progress

COURSE = discover()
EXERCISE = COURSE.select("plain_text")[0]
FILE = "exercises/step01_hello/plain_text.py"
LINE = Line(FILE, 9, "index", 'return web.Response(text="hello from Ada")', 24, 40)
DIFFERENCE = Comparison("==", "hello from Ada", "Hello from Ada").difference()
REQUEST = Message(
    "GET / HTTP/1.1", (("Host", "127.0.0.1:43005"), ("Accept", "*/*"), ("X-Asked-By", "Grace"))
)
ANSWER = Message(
    "HTTP/1.1 200 OK",
    (("Content-Type", "text/plain; charset=utf-8"), ("Date", "now"), ("Server", "Python")),
    "hello from Ada",
    14,
)
HALF = ServerHalf("GET /", "index", replace(LINE, number=8), middlewares=("timing", "errors"))
EXCHANGE = Exchange(
    REQUEST,
    ANSWER,
    HALF,
    "curl -i -H 'X-Asked-By: Grace' http://127.0.0.1:8080/",
    (Mark("body", 0, 1),),
)
ADVICE = Advice("case", "The first letter is small.", "Write it as the check wants it.", LINE)
CHECK = Check(
    "test_greeting",
    'The text is "Hello from" and a name.',
    Outcome.FAILED,
    DIFFERENCE.sentence,
    ("Look at the letters.", "Write `Hello`."),
    difference=DIFFERENCE,
    advice=ADVICE,
    exchanges=(EXCHANGE,),
)
PASSED = Check("test_status", "GET / answers 200.", Outcome.PASSED)
REPORT = Report("step01_hello", "plain_text", Outcome.FAILED, (PASSED, CHECK))


class Stream(io.StringIO):
    """A file with an encoding that refuses what it cannot write."""

    encoding = ""

    def __init__(self, encoding="utf-8"):
        super().__init__()
        self.encoding = encoding

    def write(self, text):
        text.encode(self.encoding)
        return super().write(text)


def shown(report=REPORT, width=80, encoding="utf-8", taken=0, **options):
    """Return what the terminal writes."""
    stream = Stream(encoding)
    terminal = ReportWriter(Console(file=stream, width=width, highlight=False, **options))
    terminal.report(report, EXERCISE, {"test_greeting": taken})
    return stream.getvalue()


def changed(**values):
    """Return the report with another failed check."""
    return replace(REPORT, checks=(PASSED, replace(CHECK, **values)))


WHOLE = """
✗ step01/plain_text – Answer with plain text: failed, 1 of 3 checks
  exercises/step01_hello/plain_text.py

  ✓ GET / answers 200.
  ✗ The text is "Hello from" and a name.
    came    "hello from Ada"
             ^
    wanted  "Hello from Ada"
             ^

    The first letter is small.
    → Write it as the check wants it.
    exercises/step01_hello/plain_text.py, line 9
      return web.Response(text="hello from Ada")
                              ^^^^^^^^^^^^^^^^

    The request
    │ GET / HTTP/1.1
    │ X-Asked-By: Grace

    The answer
    │ HTTP/1.1 200 OK
    │ Content-Type: text/plain; charset=utf-8
    │
    │ hello from Ada
    │ ^

    In your server
      route   GET /  →  index
      passed  timing → errors
      line 8    return web.Response(text="hello from Ada")
                                        ^^^^^^^^^^^^^^^^

    To try it: start the app in a second terminal, then ask it again
      python -m workshop run plain_text
      curl -i -H 'X-Asked-By: Grace' http://127.0.0.1:8080/

Hint    1 of 2: Look at the letters.
Stuck?  python -m workshop hint plain_text gives you another hint.
"""


def test_whole():
    """What was asked, what came, where to look, the exchange, the server's half, the hint."""
    assert shown(taken=1) == WHOLE


@pytest.mark.parametrize("width", [30, 50, 80, 200])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252", "cp437"])
def test_any_console(width, encoding):
    """No blank ends a line, no escape code, no error, nothing too wide but what is copied."""
    text = shown(width=width, encoding=encoding)
    for line in text.splitlines():
        assert line == line.rstrip()
        assert len(line) <= width or line.strip().startswith(("curl", "python"))
    assert "\x1b" not in text


def test_no_unicode():
    """Without Unicode the signs are plain ones, and other letters are told by their numbers."""
    text = shown(changed(sentence="Zoë → Ada …"), encoding="ascii")
    assert "+ GET / answers 200." in text
    assert "x Zo\\xeb -> Ada ..." in text
    assert "    | GET / HTTP/1.1" in text


def test_colours():
    """On a real terminal passed is green and failed is red; with NO_COLOR only bold is left."""
    coloured = shown(force_terminal=True, color_system="standard")
    assert "\x1b[32m✓" in coloured
    assert "\x1b[31m✗" in coloured
    plain = shown(force_terminal=True, color_system="standard", no_color=True)
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", plain)


@pytest.mark.parametrize("text", ["[bold]Ada[/bold]", "[/nope]", "[link=x]y", ":smile:", "\\[red]"])
def test_markup_is_text(text):
    """What looks like markup is shown as it is."""
    report = changed(message=text, output=text, sentence=text, hints=(text,), difference=None)
    assert shown(report, taken=1).count(text) == 4


@pytest.mark.parametrize(
    "text", ["\x1b[2J", "a\rb", "\x07", "\x9b31m", "\u202eabc", "\u200b", "\ud800"]
)
def test_nothing_is_obeyed(text):
    """Whatever a terminal would obey is shown as an escape, wherever it stands."""
    answer = Message(f"HTTP/1.1 200 {text}", ((f"X-{text}", text),), text, 3)
    half = ServerHalf(text, text, None, (), (text,), text, (replace(LINE, code=text),), (text,))
    exchange = Exchange(REQUEST, answer, half, f"curl {text}", (Mark("body", 0, 1),))
    report = changed(
        sentence=text,
        message=text,
        hints=(text,),
        output=text,
        difference=None,
        advice=Advice("x", text, text, replace(LINE, code=text)),
        exchanges=(replace(exchange, frames=(Frame(True, "TEXT", text),)),),
    )
    stream = io.StringIO()
    ReportWriter(Console(file=stream, width=80)).report(report, EXERCISE, {"test_greeting": 1})
    assert not set(text) & set(stream.getvalue()) - set("abc[2J31m")


def test_curl_is_copied_whole():
    """The curl line is never wrapped, and a body's own lines stay lines."""
    command = "curl -i --data-raw '" + "x" * 200 + "\nsecond' http://127.0.0.1:8080/"
    text = shown(changed(exchanges=(replace(EXCHANGE, curl=command),)), width=40)
    first, second = command.split("\n")
    assert f"      {first}\n      {second}\n" in text


def body_of(body, mark, width=60):
    """Return the lines below the answer's headers."""
    answer = replace(ANSWER, body=body, size=len(body))
    exchange = replace(EXCHANGE, response=answer, marks=(mark,) if mark else ())
    lines = shown(changed(exchanges=(exchange,)), width=width).splitlines()
    start = next(at for at, line in enumerate(lines) if "charset=utf-8" in line)
    return [line.strip() for line in lines[start + 2 : lines.index("", start)]]


def test_long_line_is_cut_around_the_mark():
    """Of a long line the marked part is shown, and what stands around it."""
    line, carets = body_of("x" * 500 + "Ada" + "y" * 500, Mark("body", 500, 503))
    assert line.startswith("│ …x")
    assert line.endswith("y…")
    assert line.index("Ada") == carets.index("^^^")
    assert len(line) <= 56


def test_many_lines_are_cut_around_the_mark():
    """Of many lines those around the marked one are shown."""
    body = "".join(f"line {number}\n" for number in range(100))
    at = body.index("line 50")
    lines = body_of(body, Mark("body", at, at + 7))
    assert lines[0] == "│ … 45 lines before"
    assert "│ line 50" in lines
    assert lines[-1] == "│ … 45 more lines"
    assert body_of(body, None)[-1] == "│ … 90 more lines"


def test_wide_letters_are_marked_in_their_place():
    """Letters that take two columns do not move the mark."""
    line, carets = body_of("日本 Ada", Mark("body", 3, 6))
    assert line == "│ 日本 Ada"
    assert carets == "│      ^^^"


def test_marks_move_with_escapes():
    """Escapes before the mark do not move it off its place."""
    line, carets = body_of("\x1b\x1bAda", Mark("body", 2, 5))
    assert line.index("Ada") == carets.index("^^^")


def test_pictures_are_not_shown():
    """Of bytes that are no text only the number is shown."""
    answer = Message("HTTP/1.1 200 OK", (("Content-Type", "image/png"),), "\\x89PNG", 70_000)
    text = shown(changed(exchanges=(replace(EXCHANGE, response=answer, marks=()),)))
    assert "│ (70,000 bytes)" in text
    assert "PNG" not in text


def test_status_and_headers_are_marked():
    """Below the status and below a header's value stand marks."""
    marks = (Mark("status"), Mark("Content-Type"))
    lines = shown(changed(exchanges=(replace(EXCHANGE, marks=marks),))).splitlines()
    status = lines.index("    │ HTTP/1.1 200 OK")
    assert lines[status + 1] == "    │          ^^^"
    assert lines[status + 3] == "    │               " + "^" * 25


def test_structures_key_by_key():
    """Of two structures only the places that differ are shown."""
    came, wanted = {"id": "1", "title": "Notes"}, {"id": 1, "title": "Notes", "owner": "Ada"}
    text = shown(changed(difference=Comparison("==", came, wanted).difference()))
    assert '    at ["id"]\n    came    "1"\n    wanted  1\n' in text
    assert '    at ["owner"]\n    came    (nothing)\n    wanted  "Ada"\n' in text
    assert "title" not in text


@pytest.mark.parametrize(
    ("operator", "wanted"),
    [("in", "must hold"), ("not in", "must not hold"), ("<", "must be <"), (">=", "must be >=")],
)
def test_other_comparisons(operator, wanted):
    """Other comparisons say what must be."""
    difference = Comparison(operator, "Hello Ada", "Hello, Ada").difference()
    text = shown(changed(difference=difference, message=difference.sentence))
    assert re.search(rf'came +"Hello Ada".*\n.*{wanted} +"Hello, Ada"', text, re.DOTALL)


def test_empty_and_missing():
    """An empty text and an answer that never came can be told apart from others."""
    difference = Comparison("==", "", "Hello from ").difference()
    exchange = replace(EXCHANGE, response=None, marks=())
    text = shown(changed(difference=difference, exchanges=(exchange,)))
    assert 'came    ""\n' in text
    assert "The answer\n      none came\n" in text


def test_no_route():
    """Where no route fits, the nearest ones are named."""
    half = ServerHalf(nearest=("GET /greet/{name}", "GET /"))
    text = shown(changed(exchanges=(replace(EXCHANGE, server=half),)))
    assert "route   none fits\n      yours   GET /greet/{name}, GET /\n" in text


def test_error_of_the_handler():
    """An error is shown with its lines; aiohttp's own record of it is not."""
    log = ("ERROR aiohttp.server: Error handling request", "INFO blog: hello")
    half = replace(HALF, error="ValueError: no", traceback=(LINE,), log=log)
    text = shown(changed(advice=None, exchanges=(replace(EXCHANGE, server=half),)))
    assert "error   ValueError: no\n      line 9    return" in text
    assert "log     INFO blog: hello" in text
    assert "aiohttp.server" not in text


def test_requests_before():
    """What went before in the same check is told in a line each."""
    put = replace(EXCHANGE, request=Message("PUT /notes/ada HTTP/1.1"), marks=())
    text = shown(changed(exchanges=(put, EXCHANGE)))
    assert "Before, in the same check\n    │ PUT /notes/ada  →  200 OK\n" in text


def test_websocket():
    """Messages over a websocket, with their direction."""
    frames = (Frame(True, "TEXT", "Ada"), Frame(False, "TEXT", "Hello, Ada"))
    text = shown(changed(exchanges=(replace(EXCHANGE, frames=frames),)))
    assert "    > TEXT Ada\n    < TEXT Hello, Ada\n" in text


def test_broken():
    """Where nothing could be asked, the reason stands alone, with the line."""
    line = Line(FILE, 6, "", 'return web.Response(text="x"')
    advice = Advice("unclosed", "The `(` has no partner.", "Close it.", line)
    check = replace(PASSED, outcome=Outcome.BROKEN, message="SyntaxError: x", advice=advice)
    report = Report(
        "step01_hello", "plain_text", Outcome.BROKEN, (check,), "SyntaxError: x", advice
    )
    text = shown(report)
    assert "! step01/plain_text – Answer with plain text: broken, 0 of 3 checks" in text
    assert "SyntaxError: x\n\n  The `(` has no partner.\n  → Close it.\n" in text
    assert f'{FILE}, line 6\n    return web.Response(text="x"\n' in text
    assert "GET /" not in text


def test_broken_after_asking():
    """Where every check is broken for one reason, the exchange is shown all the same."""
    check = replace(CHECK, outcome=Outcome.BROKEN, message="No answer came.", difference=None)
    report = Report("step01_hello", "plain_text", Outcome.BROKEN, (check,), check.message, ADVICE)
    assert "The request" in shown(report)


def test_passed():
    """A passed exercise shows its checks, in brief a line."""
    report = replace(REPORT, outcome=Outcome.PASSED, checks=(PASSED, PASSED, PASSED))
    text = shown(report)
    assert text.count("✓") == 4
    assert "The request" not in text
    stream = Stream()
    ReportWriter(Console(file=stream, width=80)).report(report, EXERCISE, {}, brief=True)
    assert (
        stream.getvalue() == "✓ step01/plain_text – Answer with plain text: passed, 3 of 3 checks\n"
    )


def test_printed():
    """What the code printed is shown, on import and in a check."""
    text = shown(replace(changed(output="in the check\n"), output="on import\n"))
    assert "Your code printed\n      in the check\n" in text
    assert "Printed on import\n    on import\n" in text


def test_next_action(tmp_path):
    """After a failed check: edit and check again; after a passed one: the next exercise."""
    stream = Stream()
    terminal = ReportWriter(Console(file=stream, width=80))
    terminal.next_action(REPORT, COURSE, Progress(tmp_path))
    assert f"Next    edit {FILE} and save,\n" in stream.getvalue()
    terminal.next_action(replace(REPORT, outcome=Outcome.PASSED), COURSE, Progress(tmp_path))
    assert "then: python -m workshop check" in stream.getvalue()


def test_listing_and_findings(tmp_path):
    """The list and the doctor's findings are plain lines."""
    stream = Stream("ascii")
    terminal = ReportWriter(Console(file=stream, width=60))
    lists.write_exercises(terminal.page, COURSE, Progress(tmp_path))
    lists.write_findings(
        terminal.page,
        [
            Finding("Python", True, "3.11.7"),
            Finding("uv", False, "missing", "Install it.", needed=False),
            Finding("port 8080", False, "taken", "Stop the other server."),
        ],
    )
    text = stream.getvalue()
    assert "- plain_text" in text
    assert "! uv         missing\n             Install it.\n" in text
    assert "x port 8080" in text
    assert "Not ready yet" in text
    assert all(line == line.rstrip() for line in text.splitlines())


def test_signs():
    """Unprintable letters are escaped; what an encoding lacks is spelt."""
    assert escape_controls("a\tb\x1b\u00a0") == "a   b\\x1b\\xa0"
    assert encodable("→ Zoë", "ascii") == "-> Zo\\xeb"
    assert encodable("→ Zoë", "latin-1") == "-> Zoë"
    assert encodable("→ Zoë", "no-such-encoding") == "-> Zo\\xeb"


def test_page_does_not_pile_up_blanks():
    """Two empty lines in a row become one."""
    stream = Stream()
    page = Page(Console(file=stream, width=40))
    for _ in range(3):
        page.blank()
    page.line("one two three four", indent=2, hang=4)
    assert stream.getvalue() == "\n  one two three four\n"


def test_code_is_shown_as_it_is():
    """Neither wrapped nor cut, line ends kept; orders to the terminal are not obeyed."""
    stream = Stream("ascii")
    page = Page(Console(file=stream, width=40))
    page.code("\tx = 'Zoë'\n" + "y" * 80 + "\n\x1b[31m", "python")
    page.blank()
    assert stream.getvalue() == "    x = 'Zo\\xeb'\n" + "y" * 80 + "\n\\x1b[31m\n\n"


def next_action(tmp_path, done):
    """Return what comes next when these exercises have passed, the first of them just now."""
    tmp_path.mkdir(exist_ok=True)
    progress = Progress(tmp_path)
    for exercise in done:
        progress.record(exercise, replace(REPORT, outcome=Outcome.PASSED))
    stream = Stream()
    report = Report(done[0].step, done[0].name, Outcome.PASSED, (PASSED,))
    ReportWriter(Console(file=stream, width=80)).next_action(report, COURSE, progress)
    return stream.getvalue()


def test_what_comes_next(tmp_path):
    """The next exercise of the step; another step, with its page first; or nothing at all."""
    first, following, *_ = step = COURSE.step("step01").exercises
    said = next_action(tmp_path / "one", [first])
    assert said.startswith(f"\nNext    {following.key} – {following.title} ({following.minutes} m")
    assert f"edit exercises/{following.step}/{following.name}.py,\n" in said
    said = next_action(tmp_path / "step", list(step))
    assert said.startswith("\nNext    step02 is waiting: read its page")
    assert said.endswith("        python -m workshop run step02\n")
    said = next_action(tmp_path / "all", list(COURSE.exercises))
    assert said == "\nNext    you have done every exercise of the course. Well done!\n"
    later = COURSE.steps[-1].exercises
    assert "step00 is waiting" in next_action(tmp_path / "last", list(later))


def test_in_a_room_the_next_step_comes_next(tmp_path):
    """What is left for home is named; at home that comes first."""
    step = COURSE.step("step01").exercises
    room = [exercise for exercise in step if exercise.when == "room"]
    home = next(exercise for exercise in step if exercise.when == "home")
    said = next_action(tmp_path / "room", room)
    assert said.startswith("\nNext    step02 is waiting: read its page")
    assert said.endswith(f"At home {home.key} – {home.title} ({home.minutes} minutes)\n")
    short = COURSE.select("short_links")[0]
    said = next_action(tmp_path / "home", [short, *COURSE.select("greet")])
    assert said.startswith("\nNext    step02/add")


def test_an_empty_line_before_what_comes_next(tmp_path):
    """Unless the line above it has a label, too."""
    progress = Progress(tmp_path)
    broken = replace(REPORT, outcome=Outcome.BROKEN, message="It cannot be read.", checks=())
    for report in replace(REPORT, checks=(PASSED,), outcome=Outcome.PASSED), broken:
        assert "\n\nNext " in reported(report, progress)
    assert "another hint.\nNext " in reported(REPORT, progress).replace("a hint", "another hint")


def reported(report, progress):
    """Return what `check` writes."""
    stream = Stream()
    terminal = ReportWriter(Console(file=stream, width=80))
    terminal.report(report, EXERCISE, {})
    terminal.next_action(report, COURSE, progress)
    return stream.getvalue()


def test_a_line_of_another_file_has_its_name():
    """Of the learner's own file the number will do; of others only the last line is shown."""
    other = Line("steps/step01_hello/app.py", 30, "greet", "return text")
    lines = (replace(LINE, number=20), other, replace(other, number=31))
    said = shown(changed(exchanges=(replace(EXCHANGE, server=replace(HALF, traceback=lines)),)))
    _, _, server = said.partition("In your server")
    assert "      line 20 " in server
    assert "      steps/step01_hello/app.py:\n      line 31   return text\n" in server
    assert "line 30" not in server
    assert f"{FILE}:" not in server


@pytest.mark.parametrize(
    ("operator", "words"),
    [
        ("is", "must be      None"),
        ("is not", "must not be  None"),
        ("!=", "must not be  None"),
        ("one of", "one of  None"),
        ("none of", "none of  None"),
        ("<", "must be <  None"),
    ],
)
def test_operators_in_words(operator, words):
    """What must hold is told as people say it."""
    difference = Comparison(operator, 5, None).difference()
    said = shown(changed(difference=difference, message=difference.sentence))
    assert words.partition(" None")[0].strip() in said
    assert f"must be {operator} " not in said or operator == "<"
