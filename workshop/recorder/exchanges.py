"""Both halves of HTTP exchanges put together, with the differing part marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from workshop.recorder.client_trace import Draft
from workshop.recorder.half import Half
from workshop.recorder.marks import marks
from workshop.report import EXCHANGES_LIMIT, Exchange, Mark, binary
from workshop.report.comparison import Comparison
from workshop.report.curl import curl


def exchanges(
    drafts: Sequence[Draft],
    halves: Sequence[Half],
    compared: Comparison | None = None,
    message: str = "",
) -> tuple[Exchange, ...]:
    """Return what went over the wire, oldest first.

    The differing part is marked in the last exchange of the check's own that has it. Where nothing
    was compared, the status is marked of the refusal that the check's message names.
    """
    found = [_exchange(draft, half) for draft, half in pairs(drafts, halves)]
    if compared:
        for at in reversed(range(len(found))):
            answer = found[at].response
            if answer and not found[at].inner and (parts := tuple(marks(answer, compared))):
                found[at] = replace(found[at], marks=parts)
                break
    elif (refused := _named(found, message)) is not None:
        found[refused] = replace(found[refused], marks=(Mark("status"),))
    return tuple(found[-EXCHANGES_LIMIT:])


def _named(found: Sequence[Exchange], message: str) -> int | None:
    """Return which exchange is the last refusal whose status and end of path a message names."""
    words = set(re.findall(r"\w+", message))
    for at in reversed(range(len(found))):
        answer = found[at].response
        status = answer.start.split()[1] if answer else ""
        end = found[at].request.start.split()[1].partition("?")[0].rpartition("/")[2]
        if not found[at].inner and status >= "400" and {status, end} <= words:
            return at
    return None


def pairs(drafts: Sequence[Draft], halves: Sequence[Half]) -> list[tuple[Draft, Half | None]]:
    """Return each request with what the server did with it, if it was the learner's."""
    left = list(halves)
    found: list[tuple[Draft, Half | None]] = []
    for draft in drafts:
        asked = (draft.method, draft.target)
        half = next((half for half in left if (half.method, half.target) == asked), None)
        if half:
            left.remove(half)
        found.append((draft, half))
    return found


def _exchange(draft: Draft, half: Half | None) -> Exchange:
    request = draft.request()
    cut = draft.sent_size > len(draft.sent)
    whole = binary.whole(draft.sent)
    body = binary.name(bytes(draft.sent)) if whole else request.body
    return Exchange(
        request,
        draft.answer(),
        half.done() if half else None,
        curl(draft.method, draft.target, draft.headers, body, cut=cut, file=whole),
        frames=tuple(draft.frames[-EXCHANGES_LIMIT:]),
        inner=draft.inner,
    )
