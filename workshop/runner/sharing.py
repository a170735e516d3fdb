"""The checks of one suite shared by two processes, and what both say made one again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from workshop.runner.outcome import Heard


def halves(
    names: Sequence[str], seconds: Mapping[str, float]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the first checks and the others, so that both take equally long, or nearly so.

    `seconds` says what each of them took before; one that is not known takes as long as the others
    do on average.
    """
    known = [seconds[name] for name in names if name in seconds]
    usual = sum(known) / len(known) if known else 1.0
    took = [seconds.get(name, usual) for name in names]

    def slower(cut: int) -> tuple[float, int]:
        return max(sum(took[:cut]), sum(took[cut:])), abs(len(names) - 2 * cut)

    cut = min(range(len(names) + 1), key=slower)
    return tuple(names[:cut]), tuple(names[cut:])


def together(parts: Sequence[Heard]) -> Heard:
    """Return what one process would have said that had asked all the checks, in this order.

    Where a suite came to no good end, whatever follows was not asked.
    """
    heard: list[Heard] = []
    for part in parts:
        heard.append(part)
        if not well(part):
            break
    return replace(
        heard[-1],
        began=min((part.began for part in heard if part.began is not None), default=None),
        checks=[check for part in heard for check in part.checks],
        left=list(dict.fromkeys(chain.from_iterable(part.left for part in heard))),
        reached=any(part.reached for part in heard),
        output="".join(part.output for part in heard),
    )


def well(heard: Heard) -> bool:
    """Say whether a suite came to its end, and nothing stopped it."""
    return heard.ended and not heard.trouble
