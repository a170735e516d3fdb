"""Catch all twelve.

Twelve blogs, each with one fault in another part: the API, the pages, the pictures, the login.
Write tests until every one of them is caught; which, and how many, is up to you.
A test may ask a running blog, or call a function of `steps.step08_tests` without one.

The right blog says what is right: ask it, or look into its own tests in `steps/step08_tests/tests`.
The fixtures are those of `tests/conftest.py`: `client`, `program`, `ada`, `db`, `config`.
"""

import pytest

from workshop.mutation.mutants import Mutant

pytestmark = pytest.mark.exercise(number=5, minutes=15, when="stretch", seconds=20, split="count")

STEP = "steps.step08_tests"
MISTAKE = """\
        log.exception("%s %s %s failed", request[REQUEST_ID], request.method, request.rel_url)
        return error_answer(request, 500, "The server made a mistake; it is written down")"""
FAULTS = {
    "address": Mutant(f"{STEP}.api", '{"Location": str(address)}', "{}"),
    "change": Mutant(
        f"{STEP}.store", "coalesce(:editor, editor) WHERE id = :id", "coalesce(:editor, editor)"
    ),
    "next": Mutant(f"{STEP}.api", "offset=offset + limit)", "offset=offset + limit + 1)"),
    "limit": Mutant(f"{STEP}.parsing", "int(text) not in among", "int(text) < among[0]"),
    "secret": Mutant(
        f"{STEP}.errors",
        MISTAKE,
        "        return error_answer(request, 500, str(error))",
    ),
    "script": Mutant(
        f"{STEP}.templating", 'Markup("<p>{}</p>").format(part)', 'Markup(f"<p>{part}</p>")'
    ),
    "typed": Mutant(f"{STEP}.pages", '"values": values,', '"values": {} if fault else values,'),
    "picture": Mutant(f"{STEP}.images", 'in {etag, "*"}', 'in {"*"}'),
    "name": Mutant(f"{STEP}.users", "INSERT INTO users", "INSERT OR REPLACE INTO users"),
    "login": Mutant(f"{STEP}.users", "token = ? AND since > ?", "token = ? AND since > -?"),
    "origin": Mutant(f"{STEP}.csrf", 'not origins <= ours - {""}', "not ours"),
    "file": Mutant(
        f"{STEP}.streaming",
        'return re.sub(r"[^A-Za-z0-9._-]+", "_", last)[-100:].lstrip(".") or "file"',
        'return name if last else "file"',
    ),
}


@pytest.mark.hint(
    "`python -m pytest exercises/step08_tests/catch_all.py` runs your tests on the right blog.",
    "Look for a test in `steps/step08_tests/tests` that does something like it.",
)
def test_right(judge):
    """Your tests pass on the right blog."""
    judge.passes()


@pytest.mark.hint(
    "A 201 says where the new thing is. Does the first test look?",
    '`response.headers["Location"]` is the address, and the new post has number 3.',
    '`assert response.headers["Location"] == "/api/posts/3"`',
)
def test_address(judge):
    """They catch it when the answer to a new post does not say where it is."""
    judge.catches("address")


@pytest.mark.hint(
    "To see what must not change, look at something else than what you changed.",
    "PATCH post 1, then read post 2.",
)
def test_change(judge):
    """They catch it when a change goes into every post."""
    judge.catches("change")


@pytest.mark.hint(
    "One page is not enough to see what the next one leaves out.",
    'With `limit=1` two posts are two pages; follow `page["next"]`.',
    '`page = await (await client.get(page["next"])).json()` has post 2, and no other.',
)
def test_next(judge):
    """They catch it when the next page of the list skips a post."""
    judge.catches("next")


@pytest.mark.hint(
    "Faults sit at the edges: which limit is the last that is taken?",
    "`/api/posts?limit=100` is a 200, `limit=101` a 400.",
)
def test_limit(judge):
    """They catch it when a page of the list may have more than 100 posts."""
    judge.catches("limit")


@pytest.mark.hint(
    "You must make the blog stumble first: `monkeypatch` replaces a function until the test ends.",
    '`monkeypatch.setattr(store, "find", break_down)`, where `break_down` raises RuntimeError.',
)
def test_secret(judge):
    """They catch it when an answer tells what went wrong inside of the blog."""
    judge.catches("secret")


@pytest.mark.hint(
    "Let Ada write a post with a script in its text, and look at the page.",
    '`assert "<script>" not in await ada.page("/3")`',
)
def test_script(judge):
    """They catch it when a script in the text of a post runs."""
    judge.catches("script")


@pytest.mark.hint(
    "Who made one mistake in a form does not want to type all of it again.",
    "Send a form with a good text and a title that is none; the answer is the form again.",
    '`response = await ada.send("/new", title=" ", text="A loop waits.")`',
    '`assert "A loop waits." in await response.text()`',
)
def test_typed(judge):
    """They catch it when a faulty form comes back empty."""
    judge.catches("typed")


@pytest.mark.hint(
    "`test_uploads.py` shows how a picture is sent, and how one asks with `If-None-Match`.",
    "The second answer is a 304.",
    '`headers={"If-None-Match": etag}`, with the `etag` of `/3/picture`: `assert'
    " response.status == 304`.",
)
def test_picture(judge):
    """They catch it when a picture that the browser has is sent again."""
    judge.catches("picture")


@pytest.mark.hint(
    "A name that somebody has is taken. Who tries to join under it?",
    '`Browser(client).send("/join", name=…, password=PASSWORD)`: what if the name is Ada\'s?',
    '`response = await Browser(client).send("/join", name="Ada", password=PASSWORD)` is a 409.',
)
def test_name(judge):
    """They catch it when somebody joins as Ada, and Ada's account is theirs."""
    judge.catches("name")


@pytest.mark.hint(
    "No test waits two weeks. The fixture `db` can make a login older.",
    '`await db.execute("UPDATE logins SET since = 1")`, and `await db.commit()`.',
    'After it: `assert "Log in" in await ada.page("/")`.',
)
def test_login(judge):
    """They catch it when a login never ends."""
    judge.catches("login")


@pytest.mark.hint(
    "A browser says in the header `Origin` whose page has sent a form.",
    '`ada.client.session.headers["Origin"] = "https://evil.example"`, then `ada.send(…)`.',
    '`assert (await ada.send("/1/delete")).status == 403`',
)
def test_origin(judge):
    """They catch it when a form from another site is taken."""
    judge.catches("origin")


@pytest.mark.hint(
    "`safe_name` in `streaming.py` needs no server: call it with the worst names you can think of.",
    "A name such as `../talk.pdf` leads out of the folder; what is behind the last slash does not.",
    '`assert safe_name("../talk.pdf") == "talk.pdf"`',
)
def test_file(judge):
    """They catch it when an uploaded file's name leads out of its folder."""
    judge.catches("file")
