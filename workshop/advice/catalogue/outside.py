"""The network, and answers that never come."""

from __future__ import annotations

from workshop.advice.entry import Entry

ENTRIES = (
    Entry(
        "port",
        "OSError|PermissionError",
        r"[Aa]ddress already in use|[Oo]nly one usage of each socket address|attempting to bind on",
        "The port is taken: another server runs there, perhaps one that you started before.",
        "Stop the other one with Ctrl-C, or choose another port: `--port 8081`.",
    ),
    Entry(
        "path-only",
        "InvalidURL|InvalidUrlClientError",
        r"^(/\S*)",
        "`{0}` is a path, and a session of one's own does not know of which server.",
        "Ask with the fixture `client`, which knows; or give the whole address, `http://…`.",
    ),
    Entry(
        "not-listening",
        "ClientConnectorError",
        r"",
        "Nobody listens on that port: the server was not started, or it has stopped.",
        "Is `start()` awaited, and does the server live as long as it is needed?",
    ),
    Entry(
        "disconnected",
        "ServerDisconnectedError|ClientOSError",
        r"",
        "The server closed the connection without an answer.",
        "Look at the lines about your server: a response that never ended, or a cancelled task.",
    ),
    Entry(
        "no-answer",
        "Waiting",
        r"",
        "The handler was still waiting when the check gave up.",
        "Does it wait for something that never comes? Look at this line.",
    ),
    Entry(
        "no-answer",
        "TimeoutError",
        r"",
        "Something took longer than the check waits.",
        "Look for a wait for something that never comes, or for work that blocks the loop.",
    ),
)
