"""Tests that the learner writes: fixtures, parameters, expected exceptions, fakes."""

from workshop.advice.entry import Entry

ENTRIES = (
    Entry(
        "test-self",
        "AssertionError",
        r"It takes `self`, and there is no such fixture",
        "A test that stands in no class has no `self`.",
        "Take the parameter out.",
    ),
    Entry(
        "no-fixture",
        "AssertionError",
        r"It takes `(\w+)`, and there is no such fixture",
        "A parameter of a test names a fixture, and none is called `{0}`.",
        "Check the spelling; a fixture of your own has `@pytest.fixture` on the line above.",
    ),
    Entry(
        "fixture-called",
        "AssertionError|Failed",
        r"Fixture \"(\w+)\" called directly",
        "`{0}` is a fixture: pytest calls it, nobody else.",
        "Take it as a parameter of the test, and use that: `async def test_…({0}): …`",
    ),
    Entry(
        "not-raised",
        "AssertionError|Failed",
        r"DID NOT RAISE (?:<class '(?:\w+\.)*)?(\w+)",
        "Nothing in the `with` block raised {0}.",
        "Is the call inside the block, and is it awaited? Does the other side refuse it at all?",
    ),
    Entry(
        "raised-value",
        "AttributeError",
        r"'ExceptionInfo' object has no attribute '(\w+)'",
        "What `pytest.raises(…) as` gives is not yet the exception.",
        "It is under `.value`: `caught.value.{0}`, after the block.",
        keep_action=True,
    ),
    Entry(
        "table-name",
        "AssertionError|Failed",
        r"(\w+): function uses no argument '(\w+)'",
        "The table has a column `{1}`, and `{0}()` has no such parameter.",
        "Give both the same name.",
    ),
    Entry(
        "mark-unknown",
        "AssertionError|Failed",
        r"Unknown '(\w+)' mark, did you mean '(\w+)'",
        "pytest knows no mark `{0}`.",
        "Did you mean `@pytest.mark.{1}`?",
    ),
    Entry(
        "table-row",
        "AssertionError|Failed",
        r"number of names \(1\):\s*\[\'(\w+(?: +\w+)+)\'\]",
        "`{0}` is read as one name: nothing stands between the names.",
        "Write commas between them, or give a tuple of names.",
    ),
    Entry(
        "table-row",
        "AssertionError|Failed",
        r"number of names \((\d+)\).*?number of values \((\d+)\)",
        "A row of the table has {1} values, and there are {0} names.",
        "Give each row one value for each name, in the same order.",
    ),
    Entry(
        "fake-stub",
        "AssertionError",
        r"It ended in \w+: Not Implemented \(501\)",
        "The fake still answers as it was handed out: 501, not done yet.",
        "Let it give the answer that the test has laid down.",
    ),
    Entry(
        "fake-route",
        "AssertionError",
        r"It ended in \w+: (?:Not Found \(404\)|Method Not Allowed \(405\))",
        "The server that was asked has no route for this.",
        'A fake needs one for every path and every method: `web.route("*", "/{{path:.*}}", …)`.',
    ),
    Entry(
        "fake-no-json",
        "AssertionError",
        r"It ended in ContentTypeError: .*unexpected mimetype: '?([\w/+.-]*)",
        "The client reads JSON, and the server that was asked sent `{0}`.",
        "Let the fake answer by `web.json_response(data, status=status)`.",
    ),
    Entry(
        "fake-not-started",
        "AssertionError",
        r"(\w+\.\w+)\([^\n]*\n+It ended in TypeError: Constructor parameter should be str",
        "The client got something else than a text for its address: what an `async def` function"
        " gives is a coroutine until it is awaited.",
        "Put `await` before the call that starts the server: `Client(await fake.start(…))`.",
    ),
    Entry(
        "whole-address",
        "AssertionError",
        r"\bclient\.(?:get|post|put|patch|delete|head)\(f?[\"']https?://",
        "The fixture `client` knows where its server is, and takes no whole address.",
        'Give it the path alone: `client.get("/…")`.',
    ),
)
