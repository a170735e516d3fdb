"""The commands, as a learner types them; exit codes 0, 1, 2."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys

import pytest
from click.testing import CliRunner

from workshop import course
from workshop.apps import ports, running
from workshop.cli import common, main
from workshop.course import ROOT
from workshop.report import Outcome, Report
from workshop.workspace.progress import Progress

NAME = "plain_text"


@pytest.fixture
def call(scratch, monkeypatch):
    """Call a command on a copy of the course; returns its exit code and what it printed."""
    monkeypatch.setattr(common, "load_course", lambda: course.discover(scratch))

    def run(*words, typed=None, charset="utf-8"):
        result = CliRunner(charset).invoke(main.main, words, input=typed)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.output

    return run


@pytest.fixture
def exercise(scratch):
    """The first exercise of the copy."""
    return course.discover(scratch).select(NAME)[0]


def solve(exercise):
    """Put the solution in the learner's place."""
    exercise.file.write_bytes(exercise.solution.read_bytes())


def test_a_stub_fails_and_says_what_to_do(call, exercise):
    """Exit code 1; the sentence, the exchange, the next action."""
    code, output = call("check", NAME)
    assert code == 1
    assert exercise.questions[0].sentence in output
    assert "501" in output
    assert "curl" in output
    assert f"python -m workshop check {NAME}" in output


def test_a_solution_passes_and_says_what_comes_next(call, exercise):
    """Exit code 0; progress is remembered."""
    solve(exercise)
    code, output = call("check", NAME)
    assert code == 0
    assert "html_page" in output
    assert Progress(exercise.root).done(exercise)
    assert "1 of " in call("list")[1]


@pytest.mark.slow
def test_without_a_name_it_is_the_next_one(call, scratch):
    """The first of those done in the room that is not done."""
    rooms = [e for e in course.discover(scratch).exercises if e.when == "room"]
    assert rooms[0].key in call("check")[1]
    said = call("hint")[1]
    assert said.startswith(f"{rooms[0].key}: ")
    assert rooms[0].questions[0].hints[0] in said
    solve(rooms[0])
    assert call("check")[0] == 0
    assert rooms[1].key in call("check")[1]


def test_no_hint_when_all_is_done(call, scratch):
    """It says so."""
    progress = Progress(scratch)
    for each in course.discover(scratch).exercises:
        progress.record(each, Report(each.step, each.name, Outcome.PASSED, ()))
    code, said = call("hint")
    assert (code, said) == (0, "You have done every exercise: no hint is needed.\n")


@pytest.mark.slow
def test_a_step_stops_at_the_first_trouble(call, exercise):
    """What has passed takes one line."""
    solve(exercise)
    code, output = call("check", "step01")
    assert code == 1
    assert "step01/html_page" in output
    assert "step01/status_headers" not in output


def test_json_is_for_programs(call):
    """One report a line, with Exercism's keys, and nothing else."""
    code, output = call("check", NAME, "html_page", "--json", "--all")
    reports = [json.loads(line) for line in output.splitlines()]
    assert code == 1
    assert [r["exercise"] for r in reports] == [NAME, "html_page"]
    assert {r["version"] for r in reports} == {3}
    assert {r["status"] for r in reports} == {"fail"}
    assert {"name", "status", "message", "output", "test_code"} <= reports[0]["tests"][0].keys()


@pytest.mark.slow
def test_checking_the_stub_or_the_solution_is_no_progress(call, exercise):
    """Neither is the learner's work."""
    assert call("check", NAME, "--solution")[0] == 0
    assert call("check", NAME, "--stub")[0] == 1
    assert not Progress(exercise.root).done(exercise)


@pytest.mark.slow
def test_progress_that_cannot_be_read(call, exercise):
    """It is told once, kept under another name, and the commands do what they can."""
    (exercise.root / ".workshop" / "progress.json").mkdir(parents=True)
    for number, (words, code, more) in enumerate(
        (
            (("list",), 0, "exercises done"),
            (("check", NAME), 1, exercise.questions[0].sentence),
            (("hint", NAME), 0, "1 of 2"),
            (("solution", NAME), 2, "You have not solved"),
        )
    ):
        came, output = call(*words)
        told = flat(output).count("progress.unreadable.json")
        assert (came, told) == (code, 1 if number == 0 else 0)
        assert more in output


@pytest.mark.slow
def test_progress_that_cannot_be_written(call, exercise, monkeypatch):
    """The verdict and the hint come all the same; what is wrong is told once."""

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("workshop.course.files.os.fsync", full)
    for words, code, more in (
        (("check", NAME, "html_page", "--all"), 1, exercise.questions[0].sentence),
        (("hint", NAME), 0, "1 of 2"),
    ):
        came, output = call(*words)
        assert (came, flat(output).count("No space left on device")) == (code, 1)
        assert more in output


def flat(output):
    """Return a text without its line breaks."""
    return " ".join(output.split())


def test_hints_come_one_by_one(call, exercise):
    """Each call gives one more; the last one says so."""
    hints = [hint.replace("*", "") for hint in exercise.questions[0].hints]  # no stars here
    first = call("hint", NAME)[1]
    assert hints[0] in first
    assert hints[1] not in first
    second = call("hint", NAME)[1]
    assert hints[0] in second
    assert hints[1] in second
    assert "That was the last one" in second
    assert "Hint" in call("check", NAME)[1]


def test_a_passed_exercise_needs_no_hint(call, exercise):
    """It says so."""
    solve(exercise)
    assert "no hint is needed" in call("hint", NAME)[1]


def test_the_solution_has_to_be_earned(call, exercise):
    """Or asked for in so many words."""
    code, output = call("solution", NAME)
    assert code == 2
    assert "You have not solved" in output
    spoilt = call("solution", NAME, "--spoil")[1]
    assert exercise.solution.read_text("utf-8").strip() in spoilt
    solve(exercise)
    call("check", NAME)
    assert call("solution", NAME)[0] == 0


def test_reset_keeps_a_copy(call, exercise):
    """Nothing is lost: the learner's file lies in .workshop/kept."""
    exercise.file.write_text("mine = 1\n")
    assert call("reset", NAME, typed="n\n")[0] == 1
    assert exercise.file.read_text() == "mine = 1\n"
    code, output = call("reset", NAME, typed="y\n")
    assert code == 0
    assert exercise.file.read_bytes() == exercise.stub.read_bytes()
    (kept,) = (exercise.root / ".workshop" / "kept" / exercise.step).iterdir()
    assert kept.read_text() == "mine = 1\n"
    assert kept.name in output
    assert "nothing to do" in call("reset", NAME)[1]


def test_reset_brings_a_lost_file_back(call, exercise):
    """Without asking: there is nothing to lose."""
    exercise.file.unlink()
    code, output = call("check", NAME)
    assert code == 1
    assert f"reset {NAME}" in output
    assert call("reset", NAME)[0] == 0
    assert exercise.file.read_bytes() == exercise.stub.read_bytes()


def test_diff_shows_what_i_changed(call, exercise):
    """Against the file as it was handed out."""
    assert "no difference" in call("diff", NAME)[1]
    exercise.file.write_text(exercise.file.read_text() + "mine = 1\n")
    assert "+mine = 1" in call("diff", NAME)[1]


def test_diff_shows_what_a_step_changed(call):
    """Against the step before."""
    assert "+" in call("diff", "step02")[1]
    code, output = call("diff", "step01")
    assert code == 2
    assert "first step" in output


@pytest.mark.parametrize(
    "words",
    [
        ("check", "plane_text"),
        ("hint", "plane_text"),
        ("solution", "x"),
        ("reset", "step01"),
        ("run", "nothing"),
        ("diff", "?"),
        ("check", NAME, "--seconds", "0"),
        ("new", "Ü"),
        ("new", "hello"),
        ("run", "step01", "--port", "99999"),
        ("frobnicate",),
    ],
)
def test_a_wrong_call_is_code_2_and_a_sentence(call, words):
    """Never a traceback."""
    code, output = call(*words)
    assert code == 2
    assert output.strip()
    assert "Traceback" not in output


def test_a_busy_port_is_explained(call):
    """Who holds it, and which port to try."""
    with socket.socket() as holder:
        holder.bind((ports.HOST, 0))
        holder.listen()
        port = holder.getsockname()[1]
        code, output = call("run", "step01", "--port", str(port))
        assert code == 2
        assert f"Port {port} is taken by" in output
        assert f"--port {port + 1}" in output.replace("\n", " ")
        assert call("--port", str(port), "--no-browser")[0] == 2


@pytest.mark.parametrize(
    ("words", "port"),
    [(("run", "step01"), 8123), (("run", "step01", "--port", "8124"), 8124)],
)
def test_the_port_is_taken_from_the_environment(call, monkeypatch, words, port):
    """PORT counts; what is typed counts more."""
    asked = []
    monkeypatch.setattr(running, "run", lambda *arguments: asked.append(arguments))
    monkeypatch.setenv("PORT", "8123")
    assert call(*words)[0] == 0
    assert [(name, given) for _, name, given, *_ in asked] == [("step01", port)]


def test_a_hub_says_where_an_app_is(call, monkeypatch, tmp_path):
    """The prefix of its addresses, and a socket; who says neither gets a port as ever."""
    asked = []
    monkeypatch.setattr(running, "run", lambda *arguments: asked.append(arguments[-1]))
    socket_path = tmp_path / "socket"
    call("run", "step01")
    call("run", "step01", "--prefix", "/user/ada/step01", "--socket", str(socket_path))
    assert asked == [None, running.Mount("/user/ada/step01", socket_path)]


def test_notebooks_are_laid_out(call, tmp_path):
    """With their names and the folder."""
    code, output = call("notebooks", str(tmp_path / "mine"))
    assert (code, (tmp_path / "mine" / "the_client.ipynb").is_file()) == (0, True)
    assert "made   the_client.ipynb" in output


def test_a_port_that_is_no_number(call, monkeypatch):
    """Code 2 and the name of the variable's option."""
    monkeypatch.setenv("PORT", "http")
    code, output = call("run", "step01")
    assert code == 2
    assert "--port" in output


def test_doctor_looks_at_everything(call, scratch):
    """Python, packages, write access, port, browser; only what is needed has to be well."""
    (scratch / "requirements.txt").write_text("pytest\n")
    code, output = call("doctor", "--port", "1")
    for word in ("Python", "packages", "write access", "port 1", "browser"):
        assert word in output
    assert code == 0, output
    assert output.endswith("\nReady.\n")


def test_doctor_names_what_differs(call, scratch):
    """A package that lacks, and the command that brings it."""
    (scratch / "requirements.txt").write_text("aiohttp==0.1\nno-such-package==1.0\n")
    code, output = call("doctor")
    assert code == 1
    assert "no-such-package==1.0" in output
    assert "pip install -r requirements.txt" in output
    assert "Not ready yet" in output


def test_list_shows_every_exercise(call, scratch):
    """In order, with titles and minutes."""
    output = call("list")[1]
    for exercise in course.discover(scratch).exercises:
        assert exercise.name in output


# README


def test_readme_shows_the_real_report(call, monkeypatch):
    """What it quotes is what a learner sees at first."""
    monkeypatch.setenv("COLUMNS", "80")
    readme = (ROOT / "README.md").read_text("utf-8")
    command, _, quoted = readme.partition("```text\n$ python -m workshop ")[2].partition("\n")
    output = call(*command.split())[1].replace("curl.exe", "curl")
    assert quoted.partition("\n```")[0] == output.strip("\n")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_commands_that_are_named_exist(name):
    """A page may still name one that was dropped."""
    text = (ROOT / name).read_text("utf-8")
    named = set(re.findall(r"`(?:\$ )?python -m workshop ([a-z]\w*)", text))
    assert named
    assert named <= main.main.commands.keys()


# Consoles that know few letters

LETTERS = "Zoë – łódź ✓ 🦉"
SHOWN = {
    "ascii": r"Zo\xeb - \u0142\xf3d\u017a + \U0001f989",
    "cp1252": r"Zoë – \u0142ód\u017a + \U0001f989",
    "utf-8": LETTERS,
}
"""The same in each: nothing is lost, and nothing is taken for something else."""


@pytest.fixture
def strange(exercise):
    """The exercise with letters in its stub, its solution, its suite and the learner's file."""
    for path in (exercise.file, exercise.stub, exercise.solution, exercise.suite):
        text = path.read_text("utf-8").replace("Ada", f"Ada {LETTERS}")
        text = text.replace("GET / answers 200.", f"GET / answers 200 {LETTERS}.")
        path.write_text(text.replace("The stub answers 501", LETTERS), "utf-8")
    exercise.file.write_text(exercise.file.read_text("utf-8") + f"MINE = '{LETTERS}'\n", "utf-8")
    return course.discover(exercise.root).select(NAME)[0]


@pytest.mark.sampled(table="letters that a console lacks")
@pytest.mark.parametrize("charset", SHOWN)
@pytest.mark.parametrize(
    "words",
    [("check", NAME), ("hint", NAME), ("diff", NAME), ("solution", NAME, "--spoil")],
    ids=lambda words: words[0],
)
def test_letters_that_a_console_lacks(call, strange, words, charset):
    """They are written by their number; what it has is shown as it is."""
    code, output = call(*words, charset=charset)
    assert code == (words[0] == "check")
    assert SHOWN[charset] in output


CALLS = (
    (("list",), 0),
    (("reset", NAME, "--yes"), 0),
    (("check", "plane_täxt ✓"), 2),
    (("watch", "plane_täxt ✓"), 2),
    (("frobnicate ✓",), 2),
    (("solution", "html_page"), 2),
    (("diff", "step02"), 0),
    (("stubs",), 0),
    (("new", "tähings ✓"), 2),
    (("doctor",), None),
    (("new", "things"), 0),
)


@pytest.mark.sampled(table="no command stumbles over letters")
@pytest.mark.parametrize("charset", ["ascii", "cp1252"])
def test_no_command_stumbles_over_letters(call, strange, charset):
    """Whatever the console can show, and whatever was typed."""
    for words, wanted in CALLS:
        code, output = call(*words, charset=charset)
        assert wanted in {None, code}, output
        assert output.strip()
        assert "\N{REPLACEMENT CHARACTER}" not in output


@pytest.mark.parametrize("name", [None, *main.main.commands])
def test_help_is_ascii(name):
    """It goes out as it is."""
    words = [name, "--help"] if name else ["--help"]
    result = CliRunner("ascii").invoke(main.main, words)
    assert result.exit_code == 0, result.exception
    assert result.output.isascii()


def test_json_can_be_read_on_any_console(call, strange):
    """It is ASCII, and holds all letters."""
    output = call("check", NAME, "--json", charset="ascii")[1]
    assert LETTERS in json.loads(output)["tests"][0]["sentence"]


@pytest.mark.sampled(table="a real console")
@pytest.mark.parametrize("charset", SHOWN)
def test_a_real_console(strange, charset):
    """As Python itself sets it up, in another process."""
    program = "from workshop.cli.main import main; main(prog_name='workshop')"
    words = [sys.executable, "-c", program, "hint", NAME]
    place = {**os.environ, "PYTHONIOENCODING": charset, "PYTHONUTF8": "0"}
    done = subprocess.run(words, cwd=strange.root, env=place, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert SHOWN[charset] in done.stdout.decode(charset)
