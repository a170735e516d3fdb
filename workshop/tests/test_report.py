"""The report: its properties, its limits, and its JSON."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import pytest
from rich.console import Console

from workshop import report
from workshop.course import ROOT, Exercise
from workshop.report import (
    Advice,
    Check,
    Difference,
    Exchange,
    Frame,
    Line,
    Message,
    Outcome,
    Report,
    ServerHalf,
    capped,
)
from workshop.terminal.report_text import ReportWriter

LINE = report.Line("exercises/step01_hello/plain_text.py", 9, "index", "return None", 7, 11)
HALF = report.ServerHalf(
    "GET /", "index", LINE, (), ("timing",), "ValueError: no", (LINE,), ("INFO blog: hello",)
)
EXCHANGE = Exchange(
    report.Message("GET / HTTP/1.1", (("Accept", "*/*"),)),
    report.Message("HTTP/1.1 200 OK", (("Content-Type", "text/plain"),), "Zoë\x1b", 5),
    HALF,
    "curl -i http://127.0.0.1:8080/",
    (report.Mark("body", 0, 3),),
    (report.Frame(True, "TEXT", "Ada"),),
)
CHECK = Check(
    "test_greeting",
    'The text is "Hello".',
    Outcome.FAILED,
    '"Zoë" came, "Ada" was wanted.',
    ("Look.", "Look again."),
    "printed",
    0.25,
    "def test_greeting(): ...",
    Difference("==", '"Zoë"', '"Ada"', 1, 4, 4, (report.Part('["a"]', None, "1"),)),
    report.Advice("key", "It is so.", "Do this.", LINE),
    (EXCHANGE,),
    (LINE,),
    (report.Stall(0.5, LINE),),
    (report.Span("index", "blocks", 0.0, 0.5),),
)
PASSED = Check("test_status", "It answers.", Outcome.PASSED)
REPORT = Report(
    "step01_hello", "plain_text", Outcome.FAILED, (PASSED, CHECK), output="hi", seconds=1.5
)


def test_round_trip():
    """A report with everything in it is the same after JSON."""
    assert report.from_json(report.to_json(REPORT)) == REPORT


def test_a_report_of_an_earlier_version():
    """A report of a version without timelines can still be read."""
    data = json.loads(report.to_json(REPORT))
    for check in data["tests"]:
        del check["spans"]
    read = report.from_json(json.dumps(data))
    assert read.checks[1] == replace(CHECK, spans=())


def test_lone_surrogates():
    """A lone surrogate, which UTF-8 cannot have, is escaped in JSON and survives the round trip."""
    odd = replace(REPORT, output="\ud800")
    text = report.to_json(odd)
    assert report.from_json(text.encode().decode()) == odd


def test_json_is_one_line():
    """The JSON of a report is one line, whatever it holds."""
    assert "\n" not in report.to_json(REPORT)


def test_keys_of_exercism():
    """Readers of Exercism's results find their keys and values."""
    data = json.loads(report.to_json(REPORT))
    assert (data["version"], data["status"], data["message"]) == (3, "fail", None)
    first, second = data["tests"]
    assert first["status"] == "pass"
    assert {"name", "status", "message", "output", "test_code"} <= set(second)
    assert second["test_code"] == CHECK.code
    assert {"sentence", "hints", "exchanges", "advice", "difference"} <= set(second)


def test_unknown_keys_are_left_out():
    """A report of a later version can be read."""
    data = json.loads(report.to_json(REPORT))
    data["tests"][0]["colour"] = data["weather"] = "fine"
    assert report.from_json(json.dumps(data)) == REPORT


@pytest.mark.parametrize(
    "text",
    ["", "nonsense", "[]", "{}", '{"tests": [{}]}', '{"tests": 1, "status": "pass"}', "null"],
)
def test_invalid_json_is_refused(text):
    """JSON that is no report raises ValueError."""
    with pytest.raises(ValueError, match=r"not a (report|check)|Expecting"):
        report.from_json(text)


@pytest.mark.parametrize(
    ("outcomes", "wanted"),
    [("", "error"), ("pass", "pass"), ("pass fail", "fail"), ("fail error pass", "error")],
)
def test_verdict(outcomes, wanted):
    """Broken comes before failed, failed before passed; no checks at all are broken."""
    checks = tuple(replace(PASSED, outcome=Outcome(value)) for value in outcomes.split())
    assert report.verdict(checks) is Outcome(wanted)


def test_first_trouble():
    """The first check that did not pass is the one to look at."""
    assert REPORT.first_trouble == CHECK
    assert not REPORT.passed
    assert Report("step01_hello", "x", Outcome.PASSED, (PASSED,)).first_trouble is None


def test_exchange_to_look_at():
    """A marked exchange comes before the last; requests of the server do not count."""
    plain, inner = replace(EXCHANGE, marks=()), replace(EXCHANGE, marks=(), inner=True)
    first, second = replace(plain, curl="first"), replace(plain, curl="second")
    assert replace(CHECK, exchanges=(EXCHANGE, plain)).exchange == EXCHANGE
    assert replace(CHECK, exchanges=(first, second, inner)).exchange == second
    assert replace(CHECK, exchanges=(inner,)).exchange is None
    assert PASSED.exchange is None


@pytest.mark.parametrize(
    ("operator", "wanted"),
    [
        ("==", "1 came, 2 was wanted."),
        ("in", "2 is not in what came: 1."),
        ("not in", "2 must not be in what came: 1."),
        ("<", "1 came; it must be < 2."),
    ],
)
def test_sentence(operator, wanted):
    """A comparison in words; long values are cut."""
    assert Difference(operator, "1", "2").sentence == wanted
    assert len(Difference(operator, "x" * 1000, "y" * 1000).sentence) < 500


def test_sentence_is_cut_late():
    """A long value is cut only above the limit, with a mark."""
    assert Difference("==", "x" * 200, "y").sentence.startswith("x" * 200 + " came")
    assert Difference("==", "x" * 201, "y").sentence.startswith("x" * 200 + " … came")


def test_letters_are_not_escaped():
    """Letters beyond ASCII are not escaped in JSON."""
    assert "Zoë" in report.to_json(REPORT)


def test_round_trip_of_a_check():
    """A single check, as a worker sends it, survives the round trip."""
    assert report.decode(report.encode(CHECK), Check) == CHECK


WRONG: list[tuple[tuple[str | int, ...], object]] = [
    (("step",), 1),
    (("seconds",), "1.5"),
    (("seconds",), True),
    (("tests",), "a text"),
    (("tests", 0), []),
    (("tests", 1, "status"), "passed"),
    (("tests", 1, "hints"), "look"),
    (("tests", 1, "hints", 0), 3),
    (("tests", 1, "message"), 404),
    (("tests", 1, "difference", "start"), "4"),
    (("tests", 1, "difference", "start"), True),
    (("tests", 1, "difference", "start"), 4.0),
    (("tests", 1, "exchanges", 0, "inner"), 0),
    (("tests", 1, "exchanges", 0, "request", "headers"), {"Host": "here"}),
    (("tests", 1, "exchanges", 0, "request", "headers", 0), ["Host"]),
    (("tests", 1, "traceback", 0, "number"), None),
]
"""Ways into the JSON of a report, and what does not belong at their end."""
FIELDS = {"tests": "checks", "status": "outcome"}


@pytest.mark.parametrize(("way", "value"), WRONG)
def test_a_wrong_type_is_refused_with_its_place(way, value):
    """A wrong type is refused: no "1" for 1, no True for 1, no text for a list."""
    data = json.loads(report.to_json(REPORT))
    *before, last = way
    inside = data
    for step in before:
        inside = inside[step]
    inside[last] = value
    place = "".join(f"[{s}]" if isinstance(s, int) else f".{FIELDS.get(s, s)}" for s in way)
    with pytest.raises(ValueError, match=re.escape(f"@ ${place}")):
        report.from_json(json.dumps(data))


def test_a_whole_number_is_a_number():
    """A whole number is accepted for a float: another program may write 2 for 2.0."""
    data = json.loads(report.to_json(REPORT)) | {"seconds": 2}
    assert report.from_json(json.dumps(data)) == replace(REPORT, seconds=2.0)


def test_every_text_of_a_report_has_a_limit():
    """A text that is cut says how much is missing; all others are unchanged."""
    long = "x" * 20_000
    line = Line("exercises/a.py", 1, "index", long)
    message = Message(long, ((long, long),) * 120, long)
    half = ServerHalf(long, long, line, (long,) * 5, (long,) * 120, long, (line,) * 120, (long,))
    exchange = Exchange(message, message, half, long, frames=(Frame(True, "text", long),) * 120)
    check = Check(
        *("test_it", long, Outcome.FAILED, long, (long,) * 120, long, 0.0, long),
        difference=Difference("==", long, long),
        advice=Advice("key", long, long, line),
        exchanges=(exchange,) * 30,
        traceback=(line,) * 120,
    )
    report = Report("step01_hello", "greet", Outcome.FAILED, (check,) * 2, long, output=long)
    cut = capped(report)
    assert len(cut.checks) == 2
    assert "more characters)" in (cut.message or "")
    assert len(cut.message or "") < 1_000
    assert cut.checks[0].difference
    assert len(cut.checks[0].difference.came) < 5_000
    assert len(cut.checks[0].exchanges) == 20
    assert len(cut.checks[0].exchanges[0].request.headers) == 100
    page = io.StringIO()
    exercise = Exercise(ROOT, "step01_hello", "plain_text")
    ReportWriter(Console(file=page, width=80)).report(cut, exercise, {})
    assert len(page.getvalue()) < 200_000


def test_a_report_within_the_limits_is_the_same():
    """A report within the limits is returned as the same object."""
    check = Check("test_it", "It works.", Outcome.PASSED, hints=("a", "b"))
    report = Report("step01_hello", "greet", Outcome.PASSED, (check,))
    assert capped(report) is report
