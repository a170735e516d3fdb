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
        "`{0}()` still answers as it was handed out: 501, not done yet.",
        "Replace this line by what the `# TODO` above it asks for.",
    ),
    Entry(
        "route-name",
        "Route name",
        r"^(.*?) (`.*|none)$",
        "There is no route of the name `{0}`.",
        'A route gets its name where it is made: `web.get(…, name="{0}")`. Names so far: {1}.',
    ),
    Entry(
        "route-part",
        "Route part",
        r"^(.*) (\S+)$",
        "The path `{1}` has a part `{0}`, and `url_for()` was not given it.",
        "Give it by its name: `.url_for({0}=…)`.",
    ),
    Entry(
        "route-part",
        "TypeError",
        r"Argument should be str",
        "The parts of a path are text, and `url_for()` was given something else.",
        "Write `str(…)` around the value: `.url_for(number=str(number))`.",
        code=r"\burl_for\(",
    ),
)
