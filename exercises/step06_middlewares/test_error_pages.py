"""Answer faults for people and for programs.

This dictionary answers every fault with plain text, and one of its handlers is broken.
Make a page of a fault where the header `Accept` names `text/html`;
make JSON of it otherwise: `{"error": {"status": 404, "reason": "…"}}`.
The weights of `Accept` are left out here; the blog asks `best` for them.
Status and headers stay what they were, and the reason is shown; redirects are no faults.
What nobody expected is a 500 that tells nothing; its traceback goes to `log`.
"""

import pytest

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=2, minutes=6, when="room")

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PROGRAM = {"Accept": "application/json"}


@pytest.mark.hint(
    "`try:` around `await handler(request)`, then `except web.HTTPError as error:`.",
    "`error.status` and `error.text` say what goes into `error_answer`.",
    'PAGE has two gaps: `PAGE.format(title=f"Error {status}", reason=reason)`.',
    'The page wants `status=status` and `content_type="text/html"`.',
)
async def test_a_page_for_people(client):
    """A browser gets a page with the reason: for a word nobody explained, for no such path."""
    for path, reason in ("/words/queue", "Nobody has explained queue"), ("/nothing", "Not Found"):
        response = await client.get(path, headers=BROWSER)
        assert response.status == 404
        text = await response.text()
        page, kind = "<h1>" in text, response.content_type
        why = "The page is there, but its Content-Type was not given, or is that of the fault."
        assert not page or kind == "text/html", why
        assert kind == "text/html"
        assert reason in text


@pytest.mark.hint(
    '`request.headers.get("Accept", "")` is what the client accepts.',
    "`web.json_response(data, status=status)`: without a status it is a 200.",
)
async def test_json_for_programs(client):
    """Who does not name text/html gets JSON with status and reason."""
    for headers in PROGRAM, {"Accept": "*/*"}, {}:
        response = await client.get("/words/queue", headers=headers, skip_auto_headers=["Accept"])
        assert response.status == 404
        assert response.content_type == "application/json"
        wanted = {"error": {"status": 404, "reason": "Nobody has explained queue yet"}}
        assert await response.json() == wanted


@pytest.mark.hint(
    "`error.headers` has what belongs to the fault; it is lost with the old answer.",
    "For each name and value of `error.headers.items()`: into `answer.headers` with them.",
    "The old `Content-Type` is among them; `setdefault` leaves the new one alone.",
)
async def test_headers_are_kept(client):
    """A 405 still says which methods there are, a 503 when to come again."""
    for headers, kind in (BROWSER, "text/html"), (PROGRAM, "application/json"):
        refused = await client.put("/first", headers=headers)
        assert refused.status == 405
        lost = cause(
            what="The new answer has none of the headers that the fault had.",
            do="For each name and value in `error.headers.items()`:"
            " `answer.headers.setdefault(name, value)`.",
        )
        assert refused.headers.get("Allow") == "GET,HEAD", (
            "The 405 has lost its header Allow." | lost
        )
        later = await client.get("/random", headers=headers)
        assert later.status == 503
        assert later.headers.get("Retry-After") == "30", "The 503 has lost its Retry-After." | lost
        assert later.content_type == kind


@pytest.mark.hint(
    "A redirect is an HTTPException too, and no fault: `except web.HTTPError` leaves it alone.",
    "Below it, before `except Exception`: `except web.HTTPException:` and `raise`.",
)
async def test_the_rest_passes(client):
    """A redirect stays a redirect, a good answer stays as it is."""
    missing = await client.get("/words/queue", headers=PROGRAM)
    assert missing.content_type == "application/json"
    response = await client.get("/first", headers=BROWSER, allow_redirects=False)
    assert response.status == 303
    assert response.headers.get("Location") == "/words/loop", "It does not lead on any more."
    assert "Error" not in await response.text(), (
        "A redirect is no fault; leave it as it is."
        | cause(
            what="Every HTTP exception was taken for a fault.",
            do="Catch `web.HTTPError`, which has 4xx and 5xx only; raise other ones again.",
        )
    )
    good = await client.get("/words/loop", headers=BROWSER)
    assert (good.status, await good.text()) == (200, "Goes round.")


@pytest.mark.hint(
    "The reason repeats what stood in the address, so a stranger may have written it.",
    "`html.escape(reason)` makes text of it, on the page only: JSON needs no such thing.",
)
async def test_stays_text(client):
    """A script in the address is text on the page, and unchanged in JSON."""
    path, script = "/words/%3Cscript%3Ealert(1)%3C%2Fscript%3E", "<script>alert(1)</script>"
    page = await client.get(path, headers=BROWSER)
    assert page.status == 404
    text = await page.text()
    assert "<script>" not in text, "The page would run the script of a stranger." | cause(
        what="The reason goes into the page as it came.",
        do="Write `html.escape(reason)` into the page.",
    )
    assert "&lt;script&gt;" in text
    answer = await client.get(path, headers=PROGRAM)
    assert (await answer.json())["error"]["reason"] == f"Nobody has explained {script} yet", cause(
        lambda came: "&lt;" in came,
        what="The reason is escaped for programs too; JSON needs no such thing.",
        do="Escape it for the page alone.",
    )


@pytest.mark.hint(
    "Last of all: `except Exception:`, and there an `error_answer` with 500 and your own words.",
    "`log.exception(...)` writes the traceback; what was wrong is none of the client's business.",
)
async def test_our_own_mistake(client, caplog):
    """GET /broken is a 500 in the same shape that tells nothing; the log has the traceback."""
    for headers, kind in (BROWSER, "text/html"), (PROGRAM, "application/json"):
        caplog.clear()
        response = await client.get("/broken", headers=headers)
        assert response.status == 500
        assert response.content_type == kind
        assert "no such word" not in await response.text(), (
            "The text of the error went out."
            | cause(
                what="Whoever asks learns what the error says, and so how the server works.",
                do="Answer with words of your own; the traceback goes to `log`.",
            )
        )
        logged = [r for r in caplog.records if r.exc_info and not r.name.startswith("aiohttp")]
        assert logged, "Nothing in the log says what went wrong." | cause(
            what="The log has no traceback.",
            do="Below `except Exception:`, write it with `log.exception(…)`.",
        )
