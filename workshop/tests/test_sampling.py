"""The sample of `sampled` tests, and xdist groups that run in one process."""

import pytest

from workshop.tests import sampling
from workshop.tests.sampling import chosen

TABLE = {"step01/plain_text", "step02/greet", "step08/reading", "step08/logins", "a test"}


def test_all_that_is_sampled_has_its_turn():
    """In as many consecutive seeds as the share says, each group runs once."""
    parts = [chosen(TABLE, 3, seed) for seed in range(1000, 1003)]
    assert sorted(group for part in parts for group in part) == sorted(TABLE)
    assert chosen(TABLE, 1, 7) == TABLE


def test_a_small_table_has_one_group_in_each_sample():
    """A table with fewer groups than the share has one group in each sample."""
    assert [len(chosen(TABLE, 100, seed)) for seed in range(20)] == [1] * 20
    assert chosen([], 3, 1) == set()


def test_a_commit_chooses_the_same_again():
    """The same commit has the same seed, so it selects the same tests."""
    assert sampling.seed() == sampling.seed()


def test_a_copy_without_git_has_a_seed(tmp_path):
    """Without git the seed is computed from pyproject.toml."""
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    assert sampling.seed(tmp_path) == sampling.seed(tmp_path) != sampling.seed()


@pytest.mark.parametrize("text", ["", "0", "-1", "a tenth"])
def test_what_is_no_share_is_told(monkeypatch, text):
    """A WORKSHOP_SAMPLE that is not a positive number raises UsageError with an example."""
    monkeypatch.setenv("WORKSHOP_SAMPLE", text)
    with pytest.raises(pytest.UsageError, match="such as 10"):
        sampling.share()


@pytest.mark.skipif(
    "not config.getoption('loadgroup', False)", reason="without --dist loadgroup there are none"
)
@pytest.mark.xdist_group("together")
@pytest.mark.parametrize("at", [1, 2])
def test_a_group_of_tests_is_kept_together(request, at):
    """The id of a test ends with the name of its xdist group, by which xdist distributes it."""
    assert request.node.nodeid.endswith(f"[{at}]@together")
