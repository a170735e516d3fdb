"""The catalogue of misconceptions: entries in the order in which they are tried.

Each entry matches the kind and the text of a fault, some also the line that was running;
none depends on how the learner's file is written. The first entry that fits wins.
"""

from __future__ import annotations

from collections.abc import Iterable

from workshop.advice.catalogue import (
    answers,
    application,
    client,
    data,
    database,
    database_calls,
    handlers,
    keys,
    middlewares,
    pictures,
    python_errors,
    requests,
    resource_limits,
    responses,
    routing,
    sessions,
    source,
    tasks,
    templates,
    testing,
    waiting,
)
from workshop.advice.faults import Fault
from workshop.report import Advice

CATALOGUE = (
    *resource_limits.ENTRIES,
    *testing.ENTRIES,
    *source.ENTRIES,
    *client.ENTRIES,
    *python_errors.NAMES,
    *application.ENTRIES,
    *keys.ENTRIES,
    *middlewares.ENTRIES,
    *sessions.ENTRIES,
    *sessions.PASSWORDS,
    *routing.ENTRIES,
    *templates.ENTRIES,
    *handlers.ENTRIES,
    *tasks.ENTRIES,
    *waiting.ENTRIES,
    *responses.EXCEPTIONS,
    *database.ENTRIES,
    *database_calls.ENTRIES,
    *data.ENTRIES,
    *pictures.ENTRIES,
    *responses.ENTRIES,
    *answers.ENTRIES,
    *requests.ENTRIES,
    *python_errors.CALLS,
    *client.CONNECTIONS,
)
"""In the order in which they are tried."""


def advise(faults: Iterable[Fault], *, general: bool = True) -> Advice | None:
    """Return the advice of the first entry that fits the first fault that any entry fits, or None.

    With `general=False` the entries that stand for every fault of a kind are left out.
    """
    for fault in faults:
        for entry in CATALOGUE:
            if (general or not entry.general) and (found := entry.match(fault)):
                return entry.advice(fault, found)
    return None
