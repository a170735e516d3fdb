"""Test who may do what.

Here your tests play the attacker, six times.
The right blog holds; each of six others has the door open that its check names.

`program` is a client that has logged in as Ada, with a token in its header.
`ada` is Ada at her browser: `ada.page(path)` returns a page that must be there,
`ada.send(path, …)` sends a form as our pages do, and `ada.client` is the client below both.
A refused token is a 401, a refused form or a post of somebody else's a 403, a try too many a 429.
"""

import pytest

from workshop.mutation.mutants import Mutant

pytestmark = pytest.mark.exercise(number=3, minutes=12, when="home", split="count")

STEP = "steps.step08_tests"
FITS = "right = await request.app[VAULT].do(verify_password, password, kept or NOBODY)"
FAULTS = {
    "password": Mutant(f"{STEP}.credentials", FITS, f"{FITS} or bool(written)"),
    "logout": Mutant(
        f"{STEP}.users",
        "DELETE FROM logins WHERE token = ?",
        "DELETE FROM logins WHERE token = ? AND since < 0",
    ),
    "owner": Mutant(
        f"{STEP}.login",
        "if post.owner != await signed_in(request):",
        "if not await signed_in(request):",
    ),
    "form": Mutant(f"{STEP}.csrf", "if not hmac", "if sent and not hmac"),
    "guessing": Mutant(f"{STEP}.limiter", "len(recent) >= most", "len(recent) >= 100 * most"),
    "next": Mutant(
        f"{STEP}.accounts", 'return wanted if PATH.fullmatch(wanted) else "/"', "return wanted"
    ),
}


@pytest.mark.hint(
    "`response = await program.post(path, json=…)`, then `assert response.status == …`.",
    "`ada.send` answers with the response to a form, `ada.page` with the text of a page.",
)
def test_right(judge):
    """Your tests pass on the right blog."""
    judge.passes()


@pytest.mark.hint(
    "The name must be one that there is: an unknown one is refused by this blog as well.",
    '`await program.post("/api/login", json=WRONG)` is a 401.',
)
def test_password(judge):
    """They catch it when any password will do."""
    judge.catches("password")


@pytest.mark.hint(
    "A logout that answers well may still have done nothing. Who notices?",
    "The client still sends its token: after the logout, a POST to /api/posts must be a 401.",
)
def test_logout(judge):
    """They catch it when a token still works after the logout."""
    judge.catches("logout")


@pytest.mark.hint(
    "Post 1 is Ada's own; post 2 is not.",
    '`await ada.send("/2/edit", title="Mine", text="Mine, too.")` is a 403.',
)
def test_owner(judge):
    """They catch it when anyone who is logged in may change any post."""
    judge.catches("owner")


@pytest.mark.hint(
    "`ada.send` fetches the token first. Another site cannot, so here you must not either.",
    '`await ada.client.post("/1/delete", data={}, allow_redirects=False)` is a 403.',
)
def test_form(judge):
    """They catch it when a form without a token is taken."""
    judge.catches("form")


@pytest.mark.hint(
    "One try more than TRIES is refused, whatever the password.",
    "`for _ in range(TRIES):` with a wrong one, then RIGHT: it must be a 429.",
)
def test_guessing(judge):
    """They catch it when passwords can be guessed without end."""
    judge.catches("guessing")


@pytest.mark.hint(
    "`safe_next` takes a form, which may be a dictionary, and returns where to go on.",
    '`//evil.example` leads to another site, though it begins like a path: "/" is right.',
)
def test_next(judge):
    """They catch it when the login leads on to another site."""
    judge.catches("next")
