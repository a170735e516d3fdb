"""The catalogue of misconceptions: what everyone who learns aiohttp meets, and what to do then.

Each entry looks at the kind and the text of a fault, some also at the line that was running;
never at how the learner's file is written. The first entry that fits wins.
"""

from workshop.misconceptions import (
    application,
    handlers,
    limits,
    names,
    outside,
    requests,
    responses,
    routing,
    source,
    waiting,
)

CATALOGUE = (
    *limits.ENTRIES,
    *source.ENTRIES,
    *names.ENTRIES,
    *application.ENTRIES,
    *routing.ENTRIES,
    *handlers.ENTRIES,
    *waiting.ENTRIES,
    *responses.ENTRIES,
    *requests.ENTRIES,
    *outside.ENTRIES,
)
"""In the order in which they are tried."""
