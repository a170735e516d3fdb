"""Regressions of pages: T13, T14, T34.

Every app with the decorator `fails_on` is broken on purpose: do not copy it.
"""

import re

import pytest
from aiohttp import web

from .notebook import Notebook
from .regression import Blog, regression


@regression(
    13,
    4,
    "step04_templates/index.md: You will want a link for it",
    "step04_templates/edit_form/wrong_changes_by_get",
)
async def delete_by_get(blog: Blog) -> None:
    """A GET request deletes, so a crawler, a HEAD request or an <img> deletes, too."""
    client = await blog.serve()
    for method in "HEAD", "GET":
        await blog.send(method, "/1/delete")
        assert (await client.get("/1")).status == 200, f"{method} deleted the post"


@delete_by_get.fails_on("HEAD deleted the post")
class DeleteLink(Notebook):
    def app(self) -> web.Application:
        app = super().app()
        app.router.add_get("/{id:[1-9][0-9]*}/delete", self.delete)
        return app


@delete_by_get.fails_on("GET deleted the post")
class DeleteLinkWithoutHead(Notebook):
    def app(self) -> web.Application:
        app = super().app()
        app.router.add_get("/{id:[1-9][0-9]*}/delete", self.delete, allow_head=False)
        return app


@regression(
    14,
    4,
    "step04_templates/edit_form/wrong_key_error",
    "step04_templates/index.md: asks for `/favicon.ico`",
    "step04_templates/index.md: ask for post 99",
)
async def absent(blog: Blog) -> None:
    """A missing post, a missing field and /favicon.ico are a 500 each."""
    client = await blog.serve()
    for path in "/99", "/favicon.ico":
        status = (await client.get(path)).status
        assert status == 404, f"GET {path} is a {status}"
    for fields in {}, {"text": "A loop waits."}:
        status = (await blog.form("/new", **fields)).status
        assert status == 422, f"a form without its title is a {status}"


@absent.fails_on("GET /99 is a 500")
class NoRow(Notebook):
    async def read(self, request: web.Request) -> web.Response:
        async with self.transaction(request) as db:
            sql = f"SELECT title FROM posts WHERE id = {request.match_info['id']}"
            [(title,)] = await db.execute_fetchall(sql)
        return web.Response(text=title)


@absent.fails_on(r"GET /favicon\.ico is a 500")
class TakesAnyPath(Notebook):
    def app(self) -> web.Application:
        app = super().app()
        app.router.add_get("/{id}", self.any)
        return app

    async def any(self, request: web.Request) -> web.Response:
        return web.Response(text=str(int(request.match_info["id"])))


@absent.fails_on("a form without its title is a 500")
class FieldTakenForGranted(Notebook):
    async def create(self, request: web.Request) -> web.Response:
        return web.Response(text=str((await request.post())["title"]))


for harmless in delete_by_get, absent:
    harmless.passes_on(Notebook)


@regression(34, 4)
async def hidden_template(blog: Blog) -> None:
    """The code uses a template that no page shows, so a reader cannot copy it."""
    if not blog.page.exists():
        pytest.skip("its page is not written yet")
    pages = sorted(blog.page.parent.parent.glob("*/index.md"))
    earlier = [page for page in pages if page.parent.name <= blog.page.parent.name]
    shown = {name for page in earlier for name in re.findall(SHOWN, page.read_text("utf-8"))}
    used = {path.name for path in (blog.folder / "templates").glob("*")}
    assert used, f"there are no templates in {blog.folder}"
    assert used <= shown, f"no page shows {sorted(used - shown)}"


SHOWN = re.compile(r"^`{3,}\{show\} templates/(\S+)", re.MULTILINE)

PAGE = """
```{show} templates/list.html
```
"""

hidden_template.fails_on_files(
    "NeverShown",
    r"no page shows \['base\.html'\]",
    **{"templates/list__html": "", "templates/base__html": "", "index__md": PAGE},
)
