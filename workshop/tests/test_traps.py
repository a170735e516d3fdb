"""The traps that earlier tutorials teach by accident, or that our own apps had: no step has one.

Each trap is a probe in `traps/`: it passes on every step of ours that could have the trap, and
fails on small apps that do. T31 and T32 wait for their step.
"""

from __future__ import annotations

import pytest

from workshop.course import ROOT, Step
from workshop.tests.traps.table import ELSEWHERE, STEPS, TRAPS
from workshop.tests.traps.trap import Blog, Broken, Trap

FROM_STEPS_3_TO_8 = {*range(5, 31), 34}


@pytest.fixture
def blog(tmp_path, monkeypatch, caplog, aiohttp_client) -> Blog:
    """A blog that is nobody's yet."""
    here = tmp_path / "blog"
    return Blog(tmp_path / "data", monkeypatch, caplog, aiohttp_client, here, here / "index.md")


def ours() -> list[object]:
    """Return each trap with each step that could have it."""
    return [
        pytest.param(
            trap, step, id=f"{trap}-{step.label}", marks=pytest.mark.sampled(table=step.label)
        )
        for trap in TRAPS
        for step in STEPS
        if step.number >= trap.since
    ]


def others(kind: str) -> list[object]:
    """Return each trap with the small apps that have it, or have it not."""
    return [
        pytest.param(
            trap,
            app,
            id=f"{trap}-{getattr(app, 'name', None) or app.__name__}",
            marks=pytest.mark.sampled(table=f"{kind} apps"),
        )
        for trap in TRAPS
        for app in getattr(trap, kind)
    ]


@pytest.mark.parametrize(("trap", "step"), ours())
async def test_our_steps_are_without(trap: Trap, step: Step, blog: Blog):
    """The probe finds nothing."""
    blog.step, blog.folder, blog.page = step, step.path, step.page
    await trap.probe(blog)


@pytest.mark.parametrize(("trap", "broken"), others("broken"))
async def test_a_broken_app_is_caught(trap: Trap, broken: Broken, blog: Blog):
    """The probe says what is wrong."""
    for name, text in broken.files.items():
        (blog.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (blog.folder / name).write_text(text, encoding="utf-8")
    blog.made = broken.make(blog.data)
    with pytest.raises(AssertionError, match=broken.says):
        await trap.probe(blog)


@pytest.mark.parametrize(("trap", "make"), others("sound"))
async def test_a_sound_app_is_not(trap: Trap, make, blog: Blog):
    """The small apps fail for their trap, and for nothing else."""
    blog.made = make(blog.data)
    await trap.probe(blog)


def test_the_table_is_complete():
    """Every trap is one line, and there is an app that has it."""
    taught = [trap.number for trap in TRAPS if trap.family == "T"]
    assert taught == sorted(FROM_STEPS_3_TO_8)
    assert len({str(trap) for trap in TRAPS}) == len(TRAPS)
    for trap in TRAPS:
        assert trap.sentence.endswith("."), trap
        assert "\n" not in trap.sentence, trap
        assert trap.broken, trap


@pytest.mark.parametrize("number", ELSEWHERE)
def test_kept_out_elsewhere(number: int):
    """The test that keeps this trap out is still there."""
    for file, name in ELSEWHERE[number]:
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")


def places() -> list[object]:
    """Return each trap with the places where a learner meets it."""
    return [pytest.param(place, id=f"{trap}-{place}") for trap in TRAPS for place in trap.met]


@pytest.mark.parametrize("place", places())
def test_it_is_met(place: str):
    """A page speaks of it, in these words; or a wrong answer to an exercise has it."""
    name, _, words = place.partition(": ")
    step = name.partition("/")[0]
    if not (ROOT / "docs" / step / "index.md").exists():
        pytest.skip("its page is not written yet")
    if words:
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        assert words.lower() in text.lower(), f"{name} does not say so any more: where is it met?"
    else:
        assert (ROOT / "workshop/tests/answers" / f"{name}.py").exists()


@pytest.mark.parametrize("trap", [trap for trap in TRAPS if str(trap) != "T34"], ids=str)
def test_it_is_met_somewhere(trap: Trap):
    """On a page, in an exercise or in a wrong answer."""
    assert trap.met
