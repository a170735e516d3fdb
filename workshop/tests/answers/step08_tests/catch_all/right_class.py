# whole
"""The tests are methods of a class."""

from io import BytesIO

import aiosqlite
import pytest
from aiohttp import FormData
from PIL import Image

from steps.step08_tests import store
from steps.step08_tests.streaming import safe_name
from steps.step08_tests.tests.people import PASSWORD, POST, Browser, Client


class TestBlog:
    async def test_create(self, program: Client) -> None:
        """A new post is answered with 201 and its address."""
        response = await program.post("/api/posts", json=POST)
        assert response.status == 201
        assert response.headers["Location"] == "/api/posts/3"

    async def test_change(self, program: Client) -> None:
        """A change leaves the other posts alone."""
        response = await program.patch("/api/posts/1", json={"title": "New"})
        assert (await response.json())["title"] == "New"
        other = await (await program.get("/api/posts/2")).json()
        assert other["title"] == "A moth in relay 70"

    async def test_pages_of_the_list(self, client: Client) -> None:
        """Following `next` leads to all posts."""
        page = await (await client.get("/api/posts?limit=1")).json()
        assert [post["id"] for post in page["posts"]] == [1]
        page = await (await client.get(page["next"])).json()
        assert [post["id"] for post in page["posts"]] == [2]

    @pytest.mark.parametrize(("limit", "status"), [(0, 400), (1, 200), (100, 200), (101, 400)])
    async def test_limit(self, client: Client, limit: int, status: int) -> None:
        """A page of the list has 1 to 100 posts."""
        assert (await client.get(f"/api/posts?limit={limit}")).status == status

    async def test_our_own_mistake(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        """An error of ours tells nobody what it was."""

        async def break_down(*_: object) -> None:
            raise RuntimeError("the secret")

        monkeypatch.setattr(store, "find", break_down)
        response = await client.get("/api/posts/1")
        assert response.status == 500
        assert "the secret" not in await response.text()

    async def test_markup_stays_text(self, ada: Browser) -> None:
        """A script in a text is shown, not run."""
        await ada.send("/new", title="Attack", text="<script>alert(1)</script>")
        assert "<script>alert" not in await ada.page("/3")

    async def test_input_is_kept(self, ada: Browser) -> None:
        """What was typed comes back with what is wrong with it."""
        response = await ada.send("/new", title=" ", text="A loop waits.")
        assert response.status == 422
        assert "A loop waits." in await response.text()

    async def test_known_picture(self, ada: Browser) -> None:
        """A picture that the browser has is not sent again."""
        file = BytesIO()
        Image.new("RGB", (9, 9), "red").save(file, "PNG")
        token = (await ada.page("/new")).partition('name="csrf" value="')[2].partition('"')[0]
        form = FormData({"csrf": token, **POST})
        form.add_field("image", file.getvalue(), filename="red.png", content_type="image/png")
        assert (await ada.client.post("/new", data=form, allow_redirects=False)).status == 303
        etag = (await ada.client.get("/3/picture")).headers["ETag"]
        response = await ada.client.get("/3/picture", headers={"If-None-Match": etag})
        assert response.status == 304

    async def test_a_name_that_is_taken(self, client: Client) -> None:
        """Nobody can join under the name of somebody else."""
        response = await Browser(client).send("/join", name="Ada", password=PASSWORD)
        assert response.status == 409

    async def test_a_login_ends(self, ada: Browser, db: aiosqlite.Connection) -> None:
        """A login lasts two weeks; an old one is none."""
        await db.execute("UPDATE logins SET since = since - 15 * 24 * 3600")
        await db.commit()
        assert "Log in" in await ada.page("/")

    async def test_another_site(self, ada: Browser) -> None:
        """A form that comes from another site is refused, token or not."""
        ada.client.session.headers["Origin"] = "https://evil.example"
        assert (await ada.send("/1/delete")).status == 403

    def test_safe_name(self) -> None:
        """The name of a file leads nowhere."""
        assert safe_name("../talk.pdf") == "talk.pdf"
