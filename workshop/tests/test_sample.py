"""In CI a part of the long tables runs each day."""

from workshop.tests.sample import chosen


def test_all_that_is_sampled_has_its_turn():
    """Each group once in so many days."""
    for group in ("step01/plain_text", "step08/reading", "a test"):
        assert sum(chosen(group, 3, day) for day in range(739000, 739003)) == 1
        assert all(chosen(group, 1, day) for day in range(3))
