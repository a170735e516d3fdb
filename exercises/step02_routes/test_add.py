"""Add two numbers.

Let the query say what is added.
`GET /add?first=2&second=3` answers the plain text `5`.
Both are whole numbers; they may be 0 or negative.
When one is missing or no whole number, answer 400; the reason names it: `first` or `second`.
"""

import pytest

from workshop.advice.causes import cause

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
        assert (await response.text()).strip() == total, cause(
            f"{total}.0",
            what="The numbers were read as floats.",
            do="Make whole numbers of the texts, by `int(…)`.",
        ) | cause(
            first + second,
            what="The two texts were put one behind the other.",
            do="Make a number of each by `int(…)` before you add them.",
        )


@pytest.mark.hint(
    "Zero counts as false in Python: `if not number` is true for 0 as well.",
    "Ask whether the name is there, not if its number is true.",
)
async def test_zero_and_negative(client):
    """0 and negative numbers are numbers: 0 and 7 make 7, 2 and -5 make -3."""
    for first, second, total in ("0", "7", "7"), ("2", "-5", "-3"):
        response = await client.get("/add", params={"first": first, "second": second})
        assert response.status == 200, cause(
            400,
            when=first == "0",
            what="0 is taken for a number that is missing: it counts as false.",
            do="Ask whether the name is there, such as by `is None`, not if its number is true.",
        ) | cause(
            400,
            when=second == "-5",
            what="A number below zero is refused as if it were none.",
            do="Allow the minus sign in front, or let `int` find out what is a number.",
        )
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
        text = await response.text()
        assert response.status == 400, cause(
            200,
            when=name in text,
            what="The reason was sent as if it were a good answer.",
            do="`raise web.HTTPBadRequest(text=…)` with the reason.",
        ) | cause(
            200,
            when=name not in text,
            what=f"The answer does not depend on whether {name} is there.",
            do=f"Where `request.query` has no `{name}`: `raise web.HTTPBadRequest(text=…)`.",
        )
        assert name in text, f"The reason must say that {name} is missing." | cause(
            what="The reason does not say which of the two numbers is missing.",
            do='Put the name into it: `web.HTTPBadRequest(text=f"{name} is missing")`.',
        )


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
