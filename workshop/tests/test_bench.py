"""The benchmarks: reading the output of wrk, comparison, tables, and errors."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from benchmarks import lasting, saving, verdict, wrk
from benchmarks.__main__ import BENCHMARKS, main
from benchmarks.comparison import Page, Sample, check_same, ratios, row
from benchmarks.figures import BenchmarkError, Figures, table
from benchmarks.saving import Timing
from benchmarks.server import running_server
from workshop.course import ROOT, discover

ADDRESS = "http://127.0.0.1:4711/"
ERRORS = {"connect": 0, "read": 0, "write": 0, "timeout": 0}
needs_wrk = pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk is not installed")


def wrk_output(statuses, requests=600, **errors):
    """Return output of wrk: its own lines, then the JSON line of wrk.lua."""
    seen = {"requests": requests, "microseconds": 500_000, "p50": 8_250, "p99": 31_500}
    line = json.dumps({**seen, "statuses": statuses, "errors": ERRORS | errors})
    return f"Running 1s test @ {ADDRESS}\n  1 threads and 16 connections\n{line}\n"


def sample(rate, cpu, status=200):
    """Return a measurement of one second."""
    return Sample(wrk.Load(rate, p50=8.0, p99=30.0, statuses={status: rate}), cpu)


# The load generator


def test_what_wrk_says_is_read():
    """The JSON line of wrk becomes requests per second, milliseconds and responses by status."""
    load = wrk.parse_output(wrk_output({"200": 600}), ADDRESS, 200)
    assert load == wrk.Load(rate=1200.0, p50=8.25, p99=31.5, statuses={200: 600})


@pytest.mark.parametrize(
    ("output", "words"),
    [
        pytest.param(wrk_output({"200": 590, "500": 10}), "it gave 200: 590, 500: 10", id="faults"),
        pytest.param(
            wrk_output({"303": 600}), "to answer 200 each time; it gave 303", id="redirects"
        ),
        pytest.param(wrk_output({"200": 600}, timeout=2), "200: 600, timeout: 2", id="timeout"),
        pytest.param(wrk_output({"200": 600}, read=1), "200: 600, read: 1", id="cut off"),
        pytest.param(wrk_output({}, requests=0, connect=16), "connect: 16", id="nobody there"),
        pytest.param(wrk_output({}, requests=0), "it gave nothing", id="silence"),
        pytest.param("unable to connect to 127.0.0.1:4711", "unable to connect", id="no line"),
        pytest.param('{"requests": 6', "did not say what it saw", id="half a line"),
        pytest.param('{"requests": 6}', "did not say what it saw", id="another line"),
        pytest.param("", "did not say what it saw", id="nothing"),
    ],
)
def test_figures_of_errors_are_refused(output, words):
    """A run with errors or other statuses raises an error with the address and the counts."""
    with pytest.raises(BenchmarkError) as error:
        wrk.parse_output(output, ADDRESS, 200)
    assert words in str(error.value)
    assert ADDRESS in str(error.value)


# The command line


@pytest.mark.parametrize("name", sorted({*BENCHMARKS} - {"verdict", "lasting"}))
def test_without_wrk_there_are_no_figures(name, monkeypatch):
    """Without wrk a benchmark ends with exit code 2 and says how to install wrk."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    result = CliRunner().invoke(main, [name])
    assert result.exit_code == 2
    assert "apt install wrk" in result.stderr
    assert result.stdout == ""


def test_each_benchmark_has_a_name(monkeypatch):
    """The command runs the named benchmarks, or all of them without a name."""
    for name in BENCHMARKS:
        monkeypatch.setitem(BENCHMARKS, name, lambda _, title=name: Figures(title, ({"ratio": 1},)))
    some = json.loads(CliRunner().invoke(main, ["sessions", "pages", "--json"]).stdout)
    assert list(some["figures"]) == ["sessions", "pages"]
    assert some["machine"]["cores"] >= 1
    text = CliRunner().invoke(main).stdout
    assert "load average before the run" in text
    assert [name for name in BENCHMARKS if name in text] == list(BENCHMARKS)


def test_a_name_that_is_none():
    """An unknown name ends with exit code 2 and the list of names."""
    result = CliRunner().invoke(main, ["page"])
    assert result.exit_code == 2
    assert "'pages'" in result.stderr


@needs_wrk
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "statuses"), [("pages", [200] * 4), ("pictures", [200] * 2 + [304] * 2)]
)
def test_a_short_run(name, statuses):
    """In a short run every response of both servers has the expected status."""
    command = [sys.executable, "-m", "benchmarks", name, "--seconds", "0.3", "--rounds", "1"]
    done = subprocess.run([*command, "--json"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["figures"][name]["rows"]
    assert [int(row["answers"].partition(":")[0]) for row in rows] == statuses
    assert not [row for row in rows if "," in row["answers"]]
    assert all(row["per_s"] > 0 and row["peak_MiB"] > 0 for row in rows)


@needs_wrk
@pytest.mark.slow
def test_a_session_is_kept_under_load():
    """The table of sessions has two rows for the page signed in and two for it signed out."""
    command = [sys.executable, "-m", "benchmarks", "sessions", "--seconds", "0.3"]
    done = subprocess.run([*command, "--rounds", "1"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len([line for line in lines if "signed" in line and "200: " in line]) == 4


# The comparison


def test_medians_of_the_rounds():
    """One disturbed round changes neither medians nor ratio, but the lowest and highest ratio."""
    mine = [sample(rate, cpu) for rate, cpu in ((500, 0.8), (50, 3.0), (520, 0.8))]
    theirs = [sample(1000, 0.4) for _ in mine]
    made = row(mine, 41.25)
    assert (made["per_s"], made["cpu_ms"], made["peak_MiB"]) == (500, 0.8, 41.2)
    assert made["answers"] == "200: 1070"
    spread = {"ratio": 0.5, "lowest": 0.05, "highest": 0.52, "by_cpu": 0.5}
    assert ratios(list(zip(mine, theirs, strict=True))) == spread


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param([(200, b"<h2>Ada</h2>"), (200, b"<h2>Grace</h2>")], id="another page"),
        pytest.param([(200, b"nothing"), (200, b"nothing")], id="nothing to see"),
        pytest.param([(404, b"<h2>Ada</h2>"), (404, b"<h2>Ada</h2>")], id="another status"),
        pytest.param([(200, b"<h2>Ada</h2>"), (500, b"<h2>Ada</h2>")], id="a fault"),
    ],
)
def test_only_the_same_page_is_compared(answers, monkeypatch):
    """Two pages with other statuses or contents are not compared: an error is raised."""
    page = Page("front page", "ours", "/", pattern="<h2>(.*?)</h2>")
    monkeypatch.setattr(Page, "fetch", lambda _, server: server)
    with pytest.raises(BenchmarkError, match="front page: these two are not the same"):
        check_same(page, *answers)


def test_a_server_that_does_not_start(tmp_path):
    """A server that does not start raises an error with its output."""
    with (
        pytest.raises(BenchmarkError, match=r"No module named benchmarks\.nothing"),
        running_server("benchmarks.nothing", tmp_path),
    ):
        pytest.fail("it started")


def test_a_table_has_a_column_for_each_key():
    """A table has a heading for each key, right-aligned numbers, and empty cells for no value."""
    made = table(Figures("pages", ({"page": "front", "per_s": 1200}, {"page": "other"})))
    assert [column.header for column in made.columns] == ["page", "per s"]
    assert [str(cell) for cell in made.columns[1].cells] == ["1,200", ""]
    assert [column.justify for column in made.columns] == ["left", "right"]


# The verdict


@pytest.mark.parametrize(
    ("warm", "cold", "missed"),
    [
        pytest.param([100] * 20, 1000, False, id="well"),
        pytest.param([100] * 19 + [900], 1000, False, id="one save is disturbed"),
        pytest.param([100] * 18 + [300] * 2, 1000, True, id="one in ten is slow"),
        pytest.param([160] * 20, 2000, True, id="all are slow"),
        pytest.param([100] * 20, 700, True, id="cold is hardly slower"),
    ],
)
def test_who_misses_the_goal(warm, cold, missed):
    """An exercise misses the goal by its median, its 95th percentile, or its ratio to cold."""
    sides = [Timing(clock, 80.0) for clock in warm], [Timing(cold, 600.0)]
    assert verdict.misses_goal(sides) is missed
    row = verdict.row("step01", {"greet": sides, "add": ([Timing(9, 9)], [Timing(90, 90)])})
    assert row["misses"] == ("greet" if missed else "none")


def test_a_row_of_verdicts():
    """A row has the percentiles of all saves of a step and the median ratio of its exercises."""
    found = {
        "a": ([Timing(100, 50), Timing(120, 60)], [Timing(1200, 600)]),
        "b": ([Timing(50, 20)], [Timing(1000, 500)]),
        "c": ([Timing(200, 100)], [Timing(1000, 500)]),
    }
    row = verdict.row("step01", found)
    assert (row["saves"], row["p50_ms"], row["p95_ms"], row["cpu_ms"]) == (4, 110, 200, 55)
    assert (row["cold_ms"], row["ratio"], row["by_cpu"]) == (1000, 10.9, 10.9)
    assert row["misses"] == "c"


def test_each_save_is_another_content():
    """No two saves have the same content, because an unchanged file is not checked."""
    exercise = discover().select("plain_text")[0]
    saves = [content for _, content in zip(range(60), saving.contents(exercise), strict=False)]
    assert len(set(saves)) == 60
    assert saves[0].startswith(exercise.stub.read_bytes())
    assert saves[1].startswith(exercise.solution.read_bytes())


def test_the_copy_has_every_module_of_the_steps(tmp_path):
    """A benchmark's copy of the course has all files of the steps, a folder `tests` as well."""
    copied = saving.copy_course(tmp_path / "course").root / "steps"
    own = {file.relative_to(ROOT / "steps") for file in (ROOT / "steps").rglob("*.py")}
    assert {file.relative_to(copied) for file in copied.rglob("*.py")} == own


@pytest.mark.slow
async def test_a_save_is_measured(tmp_path):
    """A save is measured by the real watcher in a copy; the learner's file does not change."""
    course = saving.copy_course(tmp_path / "course")
    exercise = course.select("plain_text")[0]
    own = discover().select("plain_text")[0].file.read_bytes()
    saver = saving.Saver(course)
    async with saver.pool, saver.session:
        took = await saver.save(exercise, exercise.solution.read_bytes() + b"# saved\n")
        assert saver.session.progress.done(exercise)
    assert took.clock > 0
    assert took.processor > 0
    assert saving.measure_cold(exercise).processor > 0
    assert discover().select("plain_text")[0].file.read_bytes() == own


async def test_a_row_of_what_lasts():
    """A row compares the median of its saves with the median of the first saves."""
    first = lasting.row(0, [10.0, 20.0, 30.0], None)
    later = lasting.row(3, [40.0, 50.0, 60.0], first)
    assert [first["saves"], later["saves"]] == ["1–3", "4–6"]
    assert [first["of_first"], later["of_first"]] == [1.0, 2.5]
    assert later["p95_ms"] == 60
    assert min(float(later[name]) for name in ("memory_MiB", "open", "tasks")) > 0
