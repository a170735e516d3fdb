"""From an error to a sentence and a next action.

What is known of each misconception stands in `workshop.advice.catalogue`.
"""

from __future__ import annotations

from collections.abc import Iterable

from workshop.advice.catalogue import CATALOGUE
from workshop.advice.faults import Fault
from workshop.report import Advice

__all__ = ["Fault", "advise"]


def advise(faults: Iterable[Fault], *, general: bool = True) -> Advice | None:
    """Return the advice for the first fault that the catalogue knows, or None.

    Without `general` only entries count that know more of a fault than its kind.
    """
    for fault in faults:
        for entry in CATALOGUE:
            if (general or not entry.general) and (found := entry.fits(fault)):
                return entry.advice(fault, found)
    return None
