"""Requests that reach no handler, or a handler that is still a stub."""

from workshop.advice.entry import Entry

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
        "route-converter",
        "Converter",
        r"^(\S+) (\S+) (\S+) (.+)$",
        "Behind the colon, `{{{0}}}`, stands a regular expression here, not a type: the route"
        " `{3}` takes those letters alone.",
        "Write what the part may be: `{{{2}:[0-9]+}}` for a number, `{{{2}}}` for any text"
        " without a slash.",
    ),
    Entry(
        "route-pattern",
        "Pattern",
        r"^(\S+) (\S+) (\S+) (.+)$",
        "The route `{3}` is for this path, but its part `{{{0}}}` does not take `{1}`.",
        "Look at the regular expression behind the colon: it has to fit the whole part,"
        " however long that is.",
    ),
    Entry(
        "route-spelling",
        "Spelt as elsewhere",
        r"^(\w+) (.+) (\w+)$",
        "`{1}` is how another framework writes a variable part; here it stands for itself.",
        "In aiohttp it is a name in braces: `{{{2}}}`, for a number `{{{2}:[0-9]+}}`.",
    ),
    Entry(
        "route-query",
        "Query in route",
        r"^([^?]*)(\?.*)$",
        "What stands behind the `?` is no part of a route: `{0}{1}` fits no path at all.",
        "Make the route for `{0}` alone; the handler finds the rest in `request.query`.",
    ),
    Entry(
        "route-query",
        "Query never",
        r"^(\S+) (\S+)$",
        "What stands behind the `?` is no part of a route: `{0}` fits no path at all.",
        "Write the path as it is asked for, such as `{1}`, with a name in braces for what varies.",
    ),
    Entry(
        "route-slash",
        "Slash",
        r"^route (\S+) (\S+)$",
        "The route `{0}` ends with a slash, and `{1}` was asked for, without one.",
        "Take the slash at the end out of the route: to aiohttp these are two paths.",
    ),
    Entry(
        "route-slash",
        "Slash",
        r"^request (\S+) (\S+)$",
        "`{1}` was asked for, with a slash at the end, and the route `{0}` has none.",
        "Add the slash to the route: to aiohttp these are two paths.",
    ),
    Entry(
        "route-capitals",
        "Capitals",
        r"^(\S+) (\S+)$",
        "`{1}` was asked for; the route `{0}` differs from it in capital letters.",
        "Spell the route as the task does.",
    ),
    Entry(
        "route-address",
        "Address in route",
        r"^(.*)$",
        "A route has no server and no port in it.",
        "Write the path alone: `{0}`.",
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
        r"url_for\(\) got an unexpected keyword argument '(\w+)'",
        "The path of this route has no variable part `{0}`.",
        "Is it there, in braces, `{{{0}}}`, and spelt alike?",
    ),
    Entry(
        "route-part",
        "TypeError",
        r"Argument should be str",
        "The parts of a path are text, and `url_for()` was given something else.",
        "Write `str(…)` around the value: `.url_for(number=str(number))`.",
        line_pattern=r"\burl_for\(",
    ),
)
