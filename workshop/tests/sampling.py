"""Samples of long tables: of the tests marked `sampled`, a share runs, chosen by the commit.

`WORKSHOP_SAMPLE=10` runs one in ten. Another commit runs other tests; the same commit runs the same
ones, so that a run can be repeated.
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
    """Return of how many sampled tests one runs: 1, all of them, unless WORKSHOP_SAMPLE says more.

    Raises pytest.UsageError when it is not a positive number.
    """
    text = os.environ.get("WORKSHOP_SAMPLE", "1")
    if not text.isdecimal() or int(text) < 1:
        raise pytest.UsageError(f"WORKSHOP_SAMPLE={text}: take a number, such as 10 for a tenth.")
    return int(text)


def seed(root: Path = ROOT) -> int:
    """Return a number that the commit determines; in a copy without git, the project's settings."""
    command = ["git", "-C", str(root), "rev-parse", "HEAD"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return int(done.stdout.strip()[:8], 16)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return zlib.crc32((root / "pyproject.toml").read_bytes())


def chosen(groups: Iterable[str], share: int, seed: int) -> set[str]:
    """Return one in `share` of the groups of a table, and at least one group of each table.

    In as many seeds that follow each other as there are shares, each group has its turn once.
    """
    table = sorted(set(groups), key=lambda group: (zlib.crc32(group.encode()), group))
    share = min(share, len(table) or 1)
    return {group for at, group in enumerate(table) if at % share == seed % share}


def left_out(items: Iterable[pytest.Item], share: int, seed: int) -> set[pytest.Item]:
    """Return the sampled tests that do not run.

    A test's group is the first word of its mark, or its name; its table is `table`, or its file.
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
