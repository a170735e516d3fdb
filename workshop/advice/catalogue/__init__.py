"""The catalogue of misconceptions: what everyone who learns aiohttp meets, and what to do then.

Each entry looks at the kind and the text of a fault, some also at the line that was running;
never at how the learner's file is written. The first entry that fits wins.
"""

from workshop.advice.catalogue import (
    answers,
    application,
    calls,
    client,
    data,
    database,
    exceptions,
    handlers,
    keys,
    limits,
    middlewares,
    names,
    outside,
    passwords,
    pictures,
    requests,
    responses,
    routing,
    sessions,
    source,
    tasks,
    templates,
    testing,
    waiting,
)

CATALOGUE = (
    *limits.ENTRIES,
    *testing.ENTRIES,
    *source.ENTRIES,
    *client.ENTRIES,
    *names.ENTRIES,
    *application.ENTRIES,
    *keys.ENTRIES,
    *middlewares.ENTRIES,
    *sessions.ENTRIES,
    *passwords.ENTRIES,
    *routing.ENTRIES,
    *templates.ENTRIES,
    *handlers.ENTRIES,
    *tasks.ENTRIES,
    *waiting.ENTRIES,
    *exceptions.ENTRIES,
    *database.ENTRIES,
    *data.ENTRIES,
    *pictures.ENTRIES,
    *responses.ENTRIES,
    *answers.ENTRIES,
    *requests.ENTRIES,
    *calls.ENTRIES,
    *outside.ENTRIES,
)
"""In the order in which they are tried."""
