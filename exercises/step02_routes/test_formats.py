"""Offer two formats.

`GET /people` comes as JSON or as CSV, and the header `Accept` decides.
Each entry of the header has a weight from 0 to 1, as in `text/csv;q=0.5`; without `q` it is 1.
The most exact entry counts: `text/csv` before `text/*`, `text/*` before `*/*`.
Answer in the format of the higher weight; JSON when both weigh the same or there is no `Accept`.
Weight 0 means no. When neither is wanted, answer 406.
The answer has the header `Vary: Accept`, so that no cache mixes the two up.
"""

import pytest

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=4, minutes=15, when="home")


async def kind_of(client, accept):
    """Return the content type of the answer."""
    response = await client.get("/people", headers={"Accept": accept})
    assert response.status == 200, f"Accept: {accept} must be answered with 200." | cause(
        406,
        when="/*" in accept,
        what="The header names a family of formats, or any, and yet nothing was found to fit.",
        do='Look for the format, then for its family ("text/*" for "text/csv"), then for "*/*".',
    )
    return response.content_type


@pytest.mark.hint(
    '`request.headers.get("Accept")` is None without the header. Go on with `*/*`: any format.',
    '`quality` must look for `"*/*"` when nothing more exact is there.',
    "`max(FORMATS, key=...)` takes the first one on a tie, and JSON comes first.",
)
async def test_json_unless_told(client):
    """Without a wish the people come as JSON."""
    for headers in {}, {"Accept": "*/*"}:
        response = await client.get("/people", headers=headers, skip_auto_headers=["Accept"])
        assert response.status == 200, cause(
            406,
            what="`*/*` takes any format, and so does who sends no header Accept.",
            do='Let `quality` look for "*/*" when nothing more exact is there.',
        )
        assert response.content_type == "application/json"
        assert [person["name"] for person in await response.json()] == ["Ada", "Grace"]


@pytest.mark.hint(
    "`FORMATS[kind]` is the function that makes the text: call it.",
    "`content_type=kind` says in the header what the text is.",
)
async def test_csv(client):
    """With Accept: text/csv the people come as CSV."""
    response = await client.get("/people", headers={"Accept": "text/csv"})
    assert response.status == 200
    assert response.content_type == "text/csv"
    assert (await response.text()).split() == ["name,born", "Ada,1815", "Grace,1906"]


@pytest.mark.hint(
    "Take the header apart at its commas, and each entry with `take_apart`.",
    "`dict(take_apart(entry) for entry in accept.split(','))` is a table of weights.",
)
async def test_weights(client):
    """The higher weight wins, wherever it stands in the header."""
    json, csv = "application/json", "text/csv"
    assert await kind_of(client, f"{json};q=0.3, {csv};q=0.9") == csv
    assert await kind_of(client, f"{csv};q=0.3, {json};q=0.9") == json
    assert await kind_of(client, f"{json};q=0.3,text/html,{csv};q=0.4") == csv


@pytest.mark.hint(
    "Ask the table for the format, then for its family, then for `*/*`. Stop at the first found.",
    'The family of "text/csv" is "text/*".',
    "A weight of 0 is found as well: ask with `in`, not with `if weight`.",
)
async def test_most_exact(client):
    """The most exact entry decides, even if its weight is lower, or 0."""
    json, csv = "application/json", "text/csv"
    assert await kind_of(client, f"{json};q=0.1, */*;q=0.8") == csv
    assert await kind_of(client, f"*/*, {json};q=0") == csv
    assert await kind_of(client, f"text/*;q=0.9, {csv};q=0.2, {json};q=0.5") == json
    assert await kind_of(client, "text/*") == csv
    assert await kind_of(client, f"{csv};q=0.5, application/*") == json
    assert await kind_of(client, "application/*;q=0.1, text/*;q=0.2, */*") == csv


@pytest.mark.hint(
    "When the best quality is 0, there is nothing to send.",
    "`raise web.HTTPNotAcceptable(text=...)`, and tell what there is.",
)
async def test_nothing_fits(client):
    """When neither format is wanted, the answer is 406."""
    for accept in "image/png", "text/html, image/*;q=0.5", "*/*;q=0":
        response = await client.get("/people", headers={"Accept": accept})
        assert response.status == 406, f"Accept: {accept} must be answered with 406." | cause(
            200,
            what="A format was sent that the client does not want.",
            do="When even the best quality is 0: `raise web.HTTPNotAcceptable(text=…)`.",
        )


@pytest.mark.hint(
    "A cache keeps one answer per address, unless it is told what else matters.",
    '`web.Response` takes `headers={"Vary": "Accept"}`.',
)
async def test_vary(client):
    """Vary: Accept tells caches that the answer depends on that header."""
    response = await client.get("/people", headers={"Accept": "text/csv"})
    assert response.status == 200
    names = {name.strip() for name in response.headers.get("Vary", "").lower().split(",")}
    assert "accept" in names, cause(
        what="Nothing tells a cache that another Accept gets another answer.",
        do='Give `headers={"Vary": "Accept"}` to the response.',
    )
