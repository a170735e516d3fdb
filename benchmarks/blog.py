"""Benchmarks of pages of the blog (steps 04, 05, 07), compared with the plain blog.

Both servers read the same data, which the step has written by HTTP requests.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import aiohttp
from PIL import Image

from benchmarks import wrk
from benchmarks.comparison import Page, compare
from benchmarks.figures import Figures, Settings
from benchmarks.server import running_server

T = TypeVar("T")
TEMPLATES = "steps.step04_templates.app"
IMAGES = "steps.step05_images.app"
SESSIONS = "steps.step07_sessions.app"
POSTS = 100
SENTENCE = "The Engine weaves algebraic patterns & the loom weaves flowers; is 1 < 2? "
SIZE = (1600, 1200)
USER = {"name": "Mary", "password": "it weaves flowers"}
USER_AND_TITLES = r"{}.*?<h2>(.*?)</h2>.*<h2>(.*?)</h2>"
"""A pattern for the front page: the link for a user, the first title, and the last title."""


def pages(settings: Settings) -> Figures:
    """Measure step 04 with a hundred posts: the front page, and the API's list of all posts."""
    loaded = (
        Page("front page", TEMPLATES, "/", pattern=r"<h2>(.*?)</h2>"),
        Page("API, 100 posts", TEMPLATES, f"/api/posts?limit={POSTS}", pattern=r"(\{.*\})"),
    )
    with _data_of_step(TEMPLATES, _post_json) as (data, _):
        return _measure(f"pages: step 04 with {POSTS} posts", loaded, data, settings)


def pictures(settings: Settings) -> Figures:
    """Measure step 05's picture, with and without If-None-Match."""
    with _data_of_step(IMAGES, _publish) as (data, (path, etag)):
        sent = Page("picture", IMAGES, path, pattern="(.+)")
        known = replace(
            sent, title="known picture", pattern="", headers={"If-None-Match": etag}, status=304
        )
        title = "pictures: step 05's picture, sent (200) and known (304)"
        return _measure(title, (sent, known), data, settings)


def sessions(settings: Settings) -> Figures:
    """Measure step 07's front page, signed out and signed in."""
    with _data_of_step(SESSIONS, _log_in) as (data, cookie):
        out = Page("signed out", SESSIONS, "/", pattern=USER_AND_TITLES.format("Log in"))
        signed_in = replace(
            out,
            title="signed in",
            pattern=USER_AND_TITLES.format(f"Log out {USER['name']}"),
            headers={"Cookie": cookie},
        )
        title = f"sessions: step 07's front page with {POSTS} posts"
        return _measure(title, (out, signed_in), data, settings)


def _measure(title: str, loaded: tuple[Page, ...], data: Path, settings: Settings) -> Figures:
    return Figures(title, tuple(row for page in loaded for row in compare(page, data, settings)))


@contextmanager
def _data_of_step(
    step: str, fill: Callable[[str], Coroutine[Any, Any, T]]
) -> Iterator[tuple[Path, T]]:
    """Run a step and `fill` its data; yield the folder of the data and the result of `fill`.

    Raises BenchmarkError when wrk is not installed.
    """
    wrk.program()
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        data = Path(folder)
        with running_server(step, data) as server:
            made = asyncio.run(fill(server.address))
        yield data, made


def _new_post(number: int) -> dict[str, str]:
    """Return title and text of a post: about 600 characters, some of which HTML escapes."""
    return {"title": f"Letter {number} <to Charles>", "text": SENTENCE * 8}


async def _post_json(address: str) -> None:
    """Create posts with the API until there are a hundred."""
    async with aiohttp.ClientSession(address, raise_for_status=True) as session:
        async with session.get("/api/posts") as response:
            known = len((await response.json())["posts"])
        for number in range(known, POSTS):
            async with session.post("/api/posts", json={**_new_post(number), "owner": "Ada"}):
                pass


async def _publish(address: str) -> tuple[str, str]:
    """Publish a post with a photo; return the path of its picture, and its ETag."""
    form = aiohttp.FormData({**_new_post(1), "owner": "Ada"})
    form.add_field("image", _photo(), filename="engine.jpg", content_type="image/jpeg")
    async with aiohttp.ClientSession(address, raise_for_status=True) as session:
        async with session.post("/new", data=form) as response:
            path = f"{response.url.path}/picture"
        async with session.get(path) as response:
            return path, response.headers["ETag"]


def _photo() -> bytes:
    """Return a JPEG of 1600 by 1200 pixels with about the compressed size of a photo."""
    grain = Image.effect_noise((200, 150), 60).resize(SIZE, Image.Resampling.BICUBIC)
    colours = [grain, grain.rotate(180), Image.linear_gradient("L").resize(SIZE)]
    file = io.BytesIO()
    Image.merge("RGB", colours).save(file, "JPEG")
    return file.getvalue()


async def _log_in(address: str) -> str:
    """Join, log in, create the posts; return the Cookie header of the session."""
    jar = aiohttp.CookieJar(unsafe=True)  # accepts cookies of a numeric address
    async with aiohttp.ClientSession(address, cookie_jar=jar, raise_for_status=True) as session:
        await _send_form(session, "/join", USER)
        await _send_form(session, "/login", USER)
        for number in range(2, POSTS):  # the first start created two
            await _send_form(session, "/new", _new_post(number))
        return "; ".join(f"{cookie.key}={cookie.value}" for cookie in jar)


async def _send_form(session: aiohttp.ClientSession, path: str, fields: dict[str, str]) -> None:
    """Send a form with its CSRF token."""
    async with session.get(path) as response:
        secret = (await response.text()).partition('name="csrf" value="')[2].partition('"')[0]
    async with session.post(path, data={**fields, "csrf": secret}):
        pass
