"""Add two numbers.

Let the query say what is added.
`GET /add?first=2&second=3` answers the plain text `5`.
Both are whole numbers; they may be 0 or negative.
When one is missing or no whole number, answer 400; the reason names it: `first` or `second`.
"""

import pytest

pytestmark = pytest.mark.exercise(number=2, minutes=9, when="room")


@pytest.mark.hint(
    "The 501 is the stub's own: one stands in `number`, one in `add`. Begin with `number`.",
    "`request.query` is a dictionary of strings: `request.query[name]`, made a number by `int()`.",
    "The `text=` of an answer is a string as well: `str(...)`.",
)
async def test_adds(client):
    """GET /add?first=2&second=3 answers 5, and 40 and 2 make 42."""
    for first, second, total in ("2", "3", "5"), ("40", "2", "42"):
        response = await client.get("/add", params={"first": first, "second": second})
        assert response.status == 200
        assert response.content_type == "text/plain"
        assert (await response.text()).strip() == total


@pytest.mark.hint(
    "Zero counts as false in Python: `if not number` is true for 0 as well.",
    "Ask whether the name is there, not whether its number is true.",
)
async def test_zero_and_negative(client):
    """0 and negative numbers are numbers: 0 and 7 make 7, 2 and -5 make -3."""
    for first, second, total in ("0", "7", "7"), ("2", "-5", "-3"):
        response = await client.get("/add", params={"first": first, "second": second})
        assert response.status == 200
        assert (await response.text()).strip() == total


@pytest.mark.hint(
    "A 500 means that an error left the handler. Which one does a missing key raise?",
    "`request.query.get(name)` gives `None` for a missing name.",
    "`raise web.HTTPBadRequest(text=...)`, with the name in the text.",
)
async def test_missing(client):
    """A missing number is a 400 whose reason names it."""
    for query, name in ("first=2", "second"), ("second=2", "first"):
        response = await client.get(f"/add?{query}")
        assert response.status == 400
        assert name in await response.text(), f"The reason must say that {name} is missing."


@pytest.mark.hint(
    '`int("two")` raises ValueError.',
    "`try: ... except ValueError:` and below it `raise web.HTTPBadRequest(text=...)`.",
    "Or look first: `WHOLE.fullmatch(text)` is None for what is no whole number.",
)
async def test_no_number(client):
    """What is no whole number is a 400 whose reason names it: "two", "2.5" and nothing."""
    for bad in "two", "2.5", "":
        response = await client.get("/add", params={"first": "2", "second": bad})
        assert response.status == 400
        assert "second" in await response.text(), "The reason must name second, the bad one."
