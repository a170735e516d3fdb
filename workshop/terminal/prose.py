"""Sentences as a terminal shows them: `code` stays in its marks, *stress* has none."""

from __future__ import annotations

import re

STRESS = re.compile(r"(``.+?``|`[^`]+`)|(?<![\w*])\*([^\s*](?:[^*]*[^\s*])?)\*(?![\w*])")
"""Code, which is left alone, or a stressed word; as in `frontend/src/page/text.ts`."""


def plain(sentence: str) -> str:
    """Return a sentence without the marks of its stressed words."""
    return STRESS.sub(lambda found: found[1] or found[2], sentence)
