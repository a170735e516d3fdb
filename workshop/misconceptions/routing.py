"""Requests that come to no handler of the learner's, or to one that is still the stub's."""

from __future__ import annotations

from workshop.misconceptions.entry import Entry

ENTRIES = (
    Entry(
        "no-routes",
        "No routes",
        r"",
        "Your application has no routes at all, so every address is a 404.",
        "Add them in `create_app()`: `app.add_routes([…])`, or `app.add_routes(routes)`.",
    ),
    Entry(
        "wrong-method",
        "No route 405",
        r"^(\w+) (\S+) (.*)$",
        "No route answers {0} at `{1}`; there is {2}.",
        "Make the route for the method that is asked: `web.get`, `web.post` and so on.",
    ),
    Entry(
        "wrong-path",
        "No route 404",
        r"^(\w+) (\S+) (.*)$",
        "No route fits {0} `{1}`. What comes nearest: {2}.",
        "Compare the paths letter by letter, the slashes too; is the route for it missing?",
    ),
    Entry(
        "stub",
        "Stub",
        r"^(\w*)",
        "The handler `{0}` still answers as it was handed out: 501, not done yet.",
        "Replace this line by what the `# TODO` above it asks for.",
    ),
)
