"""Send a picture once.

A browser keeps the pictures that it has seen; let it ask whether they are still the newest.
Each answer to `GET /moth` names the bytes in its header `ETag`, and says `Cache-Control: no-cache`.
Who sends that name back in `If-None-Match` gets 304 and no picture.
When the picture is another one, it is sent, under another name.
`POST /swap` is there to try it: moth and disc change places.
"""

import pytest

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=3, minutes=8, when="home")


async def tag_of(client, name="moth"):
    """Return the ETag of a picture."""
    response = await client.get(f"/{name}")
    assert response.status == 200
    tag = response.headers.get("ETag")
    assert tag, "The answer must have a header ETag." | cause(
        what="Without a name for its bytes, nobody can ask whether they are still the newest.",
        do='Hand over `headers={"ETag": …, "Cache-Control": "no-cache"}`.',
    )
    return tag


def says_no_cache(response):
    """Whether Cache-Control lets it be kept, but not used without asking."""
    said = response.headers.get("Cache-Control", "").lower().split(",")
    return "no-cache" in {word.strip() for word in said}


async def ask(client, known, name="moth"):
    """Ask for a picture as one who has this already."""
    return await client.get(f"/{name}", headers={"If-None-Match": known})


@pytest.mark.hint(
    '`web.Response(body=data, content_type="image/svg+xml", headers=headers)` sends the picture.',
    'The headers are a dictionary: `{"ETag": ..., "Cache-Control": "no-cache"}`.',
)
async def test_sends_it(client, exercise):
    """GET /moth and GET /disc answer 200 with the picture, for those who have it not."""
    for name, data in ("moth", exercise.MOTH), ("disc", exercise.DISC):
        response = await client.get(f"/{name}")
        assert response.status == 200
        assert response.content_type == "image/svg+xml"
        assert await response.read() == data
        asks = says_no_cache(response)
        assert asks, (
            "Cache-Control: no-cache means: keep it, but ask each time."
            | cause(
                when="max-age" in response.headers.get("Cache-Control", ""),
                what="With `max-age` nobody asks for so many seconds, and an old picture is shown.",
                do='Send `"Cache-Control": "no-cache"`.',
            )
            | cause(
                what="The answer does not say that a browser has to ask.",
                do='Send `"Cache-Control": "no-cache"`.',
            )
        )


@pytest.mark.hint(
    "A name for bytes must be the same for the same bytes: a hash is.",
    "`sha256(data).hexdigest()` is another text for other bytes.",
    "In the header a tag stands in double quotes: `f'\"{etag}\"'`.",
)
async def test_etag(client):
    """The ETag stands in double quotes, and other bytes have another one."""
    moth, disc = await tag_of(client), await tag_of(client, "disc")
    for tag in moth, disc:
        inside = tag.removeprefix("W/")
        assert inside[0] + inside[-1] == '""', f"{tag} has no double quotes around it." | cause(
            what="A tag without quotes is no tag, so no client can compare it.",
            do="Write them into the header: `f'\"{etag}\"'`.",
        )
        assert len(inside) > 2, "There is nothing between the quotes."
    made_of_bytes = cause(
        what="The tag does not come from the bytes of the picture.",
        do="Make it of them alone: `sha256(data).hexdigest()`.",
    )
    assert moth != disc, "Two different pictures have the same ETag." | made_of_bytes
    assert await tag_of(client) == moth, (
        "The same picture has a new ETag each time." | made_of_bytes
    )


@pytest.mark.hint(
    "`request.if_none_match` has the tags that the client knows, their quotes taken off.",
    "Each has a `value`. Where there is no such header it is None: `request.if_none_match or ()`.",
    "`return web.Response(status=304, headers=headers)`: the same headers, and no picture.",
)
async def test_not_modified(client):
    """Who knows the ETag gets 304, no body, and the ETag and Cache-Control once more."""
    for name in "moth", "disc":
        tag = await tag_of(client, name)
        response = await ask(client, tag, name)
        assert response.status == 304, cause(
            200,
            what="The picture was sent though the client has it.",
            do="Compare the tag with each of `request.if_none_match or ()`: their `value` has no"
            " quotes. Then answer with `web.Response(status=304, headers=headers)`.",
        )
        assert await response.read() == b""
        bare = cause(
            what="The 304 went out without the headers of the picture.",
            do="Give it the same ones: `web.Response(status=304, headers=headers)`.",
        )
        assert response.headers.get("ETag") == tag, "A 304 has the ETag as well." | bare
        asks = says_no_cache(response)
        assert asks, "A 304 has Cache-Control: no-cache as well." | bare


@pytest.mark.hint(
    "`If-None-Match` may hold several tags, a star, or a tag with `W/` in front.",
    "`request.if_none_match` takes all of that apart; a star has the value `*`.",
)
async def test_several(client):
    """A list with the tag in it, a weak tag and a star are known as well."""
    tag = (await tag_of(client)).removeprefix("W/")
    for known in f'"other", {tag}', f"W/{tag}", "*":
        response = await ask(client, known)
        assert response.status == 304, f"If-None-Match: {known} must be answered with 304." | cause(
            what="The header may hold several tags, a star, or a tag with `W/` in front.",
            do="Go over `request.if_none_match`, which takes it apart; compare each `value` with"
            " your tag and with `*`.",
        )


@pytest.mark.hint(
    "That the header is there is not enough: compare what is in it with the tag of now.",
    "A tag must be made of the bytes, not of the name: `etag_of(data)`.",
)
async def test_changed(client, exercise):
    """Who knows only an older picture, or part of the tag, gets the new one with 200."""
    old = await tag_of(client)
    await client.post("/swap")
    response = await ask(client, old)
    assert response.status == 200, cause(
        304,
        what="The picture is another one, and the client was told that it is the same.",
        do="Make the tag of the bytes, and compare it with what the header has in it.",
    )
    assert await response.read() == exercise.DISC
    assert response.headers.get("ETag") not in {None, old}, "Another picture, another ETag."
    now = await tag_of(client)
    for known in '"other"', now[:-3] + '"', now[:-1] + '0"':
        assert (await ask(client, known)).status == 200, f"{known} is not {now}." | cause(
            what="A tag was taken for another one that it is a part of, or any for all.",
            do="Compare whole tags, with `==`: the `value` of each in `request.if_none_match`.",
        )


@pytest.mark.hint(
    "A star means: any version that there is. And if there is none?",
    "Look first whether there is such a picture: a star does not make one.",
    "The `raise web.HTTPNotFound(...)` stands above the line that compares the tags.",
)
async def test_missing(client):
    """A picture that is not there is a 404, whatever the client knows."""
    assert (await client.get("/moth")).status == 200
    assert (await client.get("/relay")).status == 404
    assert (await ask(client, "*", "relay")).status == 404, cause(
        304,
        what="A star means any version that there is, and of this picture there is none.",
        do="Look first whether the picture is there; then compare the tags.",
    )
