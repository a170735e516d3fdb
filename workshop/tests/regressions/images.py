"""Regressions of pictures: T16, T17, T19, T20.

Every app with the decorator `fails_on` is broken on purpose: do not copy it.
"""

from io import BytesIO
from typing import Any

from aiohttp import web
from PIL import Image

from .gallery import FAULTS, SVG, Gallery, picture
from .regression import POST, Blog, regression

LYING = Image.Exif()
LYING[0x0112] = 6
"""EXIF data with the orientation of a camera that was held upright."""


@regression(
    16,
    5,
    "step05_images/index.md: a text in the file field: each a 500",
    "step05_images/refuse/wrong_uncaught",
    "step05_images/refuse/wrong_text_in_the_field",
    "step05_images/refuse/wrong_verify",
)
async def odd_picture(blog: Blog) -> None:
    """A transparent, palette or 16 bit picture, an SVG, half a file, or text is a 500."""
    await blog.serve()
    for mode in "RGBA", "P", "I;16":
        status = (await blog.form("/new", picture(mode), **POST)).status
        assert status == 303, f"a picture of the mode {mode} is a {status}"
    bad = {"an SVG": SVG, "half a picture": picture("RGB", (400, 300))[:70], "text": "moth.png"}
    for what, image in bad.items():
        status = (await blog.form("/new", image, **POST)).status
        assert 400 <= status < 500, f"{what} is a {status}"


@odd_picture.fails_on("a picture of the mode RGBA is a 500")
class OnlyPhotos(Gallery):
    async def image(self, form: Any) -> bytes:
        made = BytesIO()
        Image.open(form["image"].file).save(made, "JPEG")
        return made.getvalue()


@odd_picture.fails_on("an SVG is a 500")
class BelievesInPictures(Gallery):
    async def image(self, form: Any) -> bytes:
        return self.shrink(form["image"].file)


@odd_picture.fails_on("half a picture is a 500")
class LooksAtTheBeginning(Gallery):
    async def image(self, form: Any) -> bytes:
        try:
            image = Image.open(form["image"].file)
        except FAULTS:
            raise web.HTTPUnprocessableEntity from None
        return self.encode(image)


@odd_picture.fails_on("text is a 500")
class BelievesInFiles(Gallery):
    async def image(self, form: Any) -> bytes:
        try:
            return self.shrink(form["image"].file)
        except OSError:
            raise web.HTTPUnprocessableEntity from None


@regression(
    17,
    5,
    "step05_images/index.md: leaves half a post",
    "step05_images/refuse/wrong_title_first",
)
async def half_a_post(blog: Blog) -> None:
    """A bad picture leaves half a post behind, and the next request commits it."""
    await blog.serve()
    status = (await blog.form("/new", b"no picture", **POST | {"title": "Half a post"})).status
    assert 400 <= status < 500
    assert (await blog.form("/new", picture(), **POST)).status == 303
    assert "Half a post" not in await blog.titles(), "half a post was left behind"


@half_a_post.fails_on("half a post was left behind")
class PostFirst(Gallery):
    async def create(self, request: web.Request) -> web.Response:
        form = await request.post()
        self.posts.append(str(form["title"]))
        self.images[len(self.posts)] = await self.image(form)
        raise web.HTTPSeeOther(f"/{len(self.posts)}")


@regression(
    19,
    5,
    "step05_images/index.md: every picture is squashed",
    "step05_images/thumbnail/wrong_squashed",
    "step05_images/thumbnail/wrong_not_turned",
)
async def squashed(blog: Blog) -> None:
    """A thumbnail has the wrong aspect ratio, or ignores the EXIF orientation."""
    client = await blog.serve()
    exif: dict[str, Any] = {"format": "JPEG", "exif": LYING}
    for made, wanted in (picture(), 2), (picture(**exif), 0.5):
        address = (await blog.form("/new", made, **POST)).headers["Location"]
        data = await (await client.get(f"{address}/thumbnail")).read()
        with Image.open(BytesIO(data)) as small:
            came = small.width / small.height
        assert came == wanted, f"width / height is {came} where {wanted} was due"


@squashed.fails_on(r"is 1\.0 where 2 was due")
class Squashed(Gallery):
    def encode(self, image: Image.Image) -> bytes:
        return super().encode(image.resize((64, 64)))


@squashed.fails_on(r"is 2\.0 where 0\.5 was due")
class OnItsSide(Gallery):
    def shrink(self, file: Any) -> bytes:
        return self.encode(Image.open(file))


@regression(
    20,
    5,
    "step05_images/index.md: answer every address with some picture",
    "step05_images/conditional_get/wrong_header_is_enough",
    "step05_images/conditional_get/wrong_star_makes_one",
)
async def always_a_picture(blog: Blog) -> None:
    """A missing post has a picture, or a picture has no ETag or Cache-Control."""
    client = await blog.serve()
    status = (await client.get("/99/picture")).status
    assert status == 404, f"the picture of no post is a {status}"
    address = (await blog.form("/new", picture(), **POST)).headers["Location"]
    headers = (await client.get(f"{address}/picture")).headers
    for name in "ETag", "Cache-Control":
        assert name in headers, f"a picture has no {name}"
    known = {"If-None-Match": headers["ETag"]}
    again = await client.get(f"{address}/picture", headers=known)
    assert again.status == 304, f"a picture that is known is sent again: {again.status}"


@always_a_picture.fails_on("the picture of no post is a 200")
class AlwaysAPicture(Gallery):
    async def picture(self, request: web.Request) -> web.Response:
        self.posts += [""] * 99
        return await super().picture(request)


@always_a_picture.fails_on("a picture has no ETag")
class NoTag(Gallery):
    async def picture(self, request: web.Request) -> web.Response:
        answer = await super().picture(request)
        del answer.headers["ETag"]
        return answer


@always_a_picture.fails_on("a picture has no Cache-Control")
class NoCacheControl(Gallery):
    async def picture(self, request: web.Request) -> web.Response:
        answer = await super().picture(request)
        del answer.headers["Cache-Control"]
        return answer


@always_a_picture.fails_on("a picture that is known is sent again: 200")
class TagForNothing(Gallery):
    async def picture(self, request: web.Request) -> web.Response:
        number = int(request.match_info["id"])
        if number > len(self.posts):
            raise web.HTTPNotFound
        headers = {"ETag": '"1"', "Cache-Control": "no-cache"}
        return web.Response(body=self.images[number], headers=headers)


for harmless in odd_picture, half_a_post, squashed, always_a_picture:
    harmless.passes_on(Gallery)
