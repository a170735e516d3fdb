"""Mistakes of earlier tutorials and of earlier versions of the steps: no step has one.

Each regression in `regressions/` is a probe that passes on every step that could have the mistake,
and fails on small apps that have it. T31 and T32 have no step yet.
"""

from __future__ import annotations

import pytest

from workshop.course import ROOT, Step
from workshop.tests.regressions.regression import Blog, BrokenApp, Regression
from workshop.tests.regressions.table import ELSEWHERE, REGRESSIONS, STEPS

FROM_STEPS_3_TO_8 = {*range(5, 31), 34}


@pytest.fixture
def blog(tmp_path, monkeypatch, caplog, aiohttp_client) -> Blog:
    """A blog without a step and without an app: each test sets one of the two."""
    here = tmp_path / "blog"
    return Blog(tmp_path / "data", monkeypatch, caplog, aiohttp_client, here, here / "index.md")


def ours() -> list[object]:
    """Return each regression with each step that could have it."""
    return [
        pytest.param(
            regression,
            step,
            id=f"{regression}-{step.label}",
            marks=pytest.mark.sampled(table=step.label),
        )
        for regression in REGRESSIONS
        for step in STEPS
        if step.number >= regression.first_step
    ]


def others(kind: str) -> list[object]:
    """Return each regression with its small apps: `kind` is "broken" or "sound"."""
    return [
        pytest.param(
            regression,
            app,
            id=f"{regression}-{getattr(app, 'name', None) or app.__name__}",
            marks=pytest.mark.sampled(table=f"{kind} apps"),
        )
        for regression in REGRESSIONS
        for app in getattr(regression, kind)
    ]


@pytest.mark.parametrize(("regression", "step"), ours())
async def test_probe_passes_on_the_steps(regression: Regression, step: Step, blog: Blog):
    """Each probe passes on each step that could have the mistake."""
    blog.step, blog.folder, blog.page = step, step.path, step.page
    await regression.probe(blog)


@pytest.mark.parametrize(("regression", "broken"), others("broken"))
async def test_probe_fails_on_a_broken_app(regression: Regression, broken: BrokenApp, blog: Blog):
    """Each probe fails on each app with the mistake, with the expected message."""
    for name, text in broken.files.items():
        (blog.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (blog.folder / name).write_text(text, encoding="utf-8")
    blog.made = broken.make(blog.data)
    with pytest.raises(AssertionError, match=broken.says):
        await regression.probe(blog)


@pytest.mark.parametrize(("regression", "make"), others("sound"))
async def test_probe_passes_on_a_sound_app(regression: Regression, make, blog: Blog):
    """Each probe passes on a small app without the mistake: broken apps fail for one reason."""
    blog.made = make(blog.data)
    await regression.probe(blog)


def test_the_table_is_complete():
    """Every regression has an id, a sentence on one line, and a broken app."""
    taught = [regression.number for regression in REGRESSIONS if regression.family == "T"]
    assert taught == sorted(FROM_STEPS_3_TO_8)
    assert len({str(regression) for regression in REGRESSIONS}) == len(REGRESSIONS)
    for regression in REGRESSIONS:
        assert regression.sentence.endswith("."), regression
        assert "\n" not in regression.sentence, regression
        assert regression.broken, regression


@pytest.mark.parametrize("number", ELSEWHERE)
def test_other_tests_exist(number: int):
    """Each test that covers a regression in another file still exists."""
    for file, name in ELSEWHERE[number]:
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")


def places() -> list[object]:
    """Return the pages and answers that teach each regression."""
    return [
        pytest.param(place, id=f"{regression}-{place}")
        for regression in REGRESSIONS
        for place in regression.taught_in
    ]


@pytest.mark.parametrize("place", places())
def test_place_teaches_it(place: str):
    """The page contains the words of the table, or the wrong answer exists."""
    name, _, words = place.partition(": ")
    step = name.partition("/")[0]
    if not (ROOT / "docs" / step / "index.md").exists():
        pytest.skip("its page is not written yet")
    if words:
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        assert words.lower() in text.lower(), f"{name} no longer has these words: where are they?"
    else:
        assert (ROOT / "workshop/tests/answers" / f"{name}.py").exists()


@pytest.mark.parametrize(
    "regression", [regression for regression in REGRESSIONS if str(regression) != "T34"], ids=str
)
def test_every_regression_is_taught(regression: Regression):
    """Every regression is on a page or in a wrong answer."""
    assert regression.taught_in
