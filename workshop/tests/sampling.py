"""Selection of a sample of the tests marked `sampled`, which are rows of long tables.

`WORKSHOP_SAMPLE=10` runs one in ten. The commit is the seed, so that a commit selects the same
tests in every run.
"""

from __future__ import annotations

import os
import subprocess
import zlib
from collections.abc import Iterable
from pathlib import Path

import pytest

from workshop.course import ROOT


def share() -> int:
    """Return WORKSHOP_SAMPLE: one in so many sampled tests runs; 1, all of them, if it is not set.

    Raises pytest.UsageError when it is not a positive integer.
    """
    text = os.environ.get("WORKSHOP_SAMPLE", "1")
    if not text.isdecimal() or int(text) < 1:
        raise pytest.UsageError(f"WORKSHOP_SAMPLE={text}: take a number, such as 10 for a tenth.")
    return int(text)


def seed(root: Path = ROOT) -> int:
    """Return a number computed from the commit; without git, from pyproject.toml."""
    command = ["git", "-C", str(root), "rev-parse", "HEAD"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return int(done.stdout.strip()[:8], 16)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return zlib.crc32((root / "pyproject.toml").read_bytes())


def chosen(groups: Iterable[str], share: int, seed: int) -> set[str]:
    """Return one in `share` of the groups of a table, at least one group.

    In `share` consecutive seeds each group is selected once.
    """
    table = sorted(set(groups), key=lambda group: (zlib.crc32(group.encode()), group))
    share = min(share, len(table) or 1)
    return {group for at, group in enumerate(table) if at % share == seed % share}


def left_out(items: Iterable[pytest.Item], share: int, seed: int) -> set[pytest.Item]:
    """Return the sampled tests that do not run.

    The group of a test is the first argument of its mark, or its name; its table is `table`, or
    its file.
    """
    tables: dict[str, dict[str, list[pytest.Item]]] = {}
    for item in items:
        if mark := item.get_closest_marker("sampled"):
            group = mark.args[0] if mark.args else item.name
            name = mark.kwargs.get("table") or item.nodeid.partition("::")[0]
            tables.setdefault(name, {}).setdefault(group, []).append(item)
    return {
        item
        for groups in tables.values()
        for group in groups.keys() - chosen(groups, share, seed)
        for item in groups[group]
    }
