"""In CI a part of the long tables runs each day, and what belongs together in one process."""

import pytest

from workshop.tests.sample import chosen


def test_all_that_is_sampled_has_its_turn():
    """Each group once in so many days."""
    for group in ("step01/plain_text", "step08/reading", "a test"):
        assert sum(chosen(group, 3, day) for day in range(739000, 739003)) == 1
        assert all(chosen(group, 1, day) for day in range(3))


@pytest.mark.skipif(
    "not config.getoption('loadgroup', False)", reason="without --dist loadgroup there are none"
)
@pytest.mark.xdist_group("together")
@pytest.mark.parametrize("at", [1, 2])
def test_a_group_of_tests_is_kept_together(request, at):
    """pytest-xdist knows a group by the end of a test's name."""
    assert request.node.nodeid.endswith(f"[{at}]@together")
