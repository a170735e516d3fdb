"""The tests of this step stand in `tests/`; this one says that they are there."""

from pathlib import Path


def test_tests_are_there() -> None:
    """Each part of the blog has its tests."""
    names = {path.stem for path in (Path(__file__).parent / "tests").glob("test_*.py")}
    parts = {"api", "client", "pages", "parts", "server", "sessions", "uploads"}
    assert names == {f"test_{part}" for part in parts}
