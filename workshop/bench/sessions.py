"""Step 07: the front page for a stranger, and for somebody who has logged in."""

from __future__ import annotations

from dataclasses import replace

import aiohttp

from workshop.bench.comparison import compare
from workshop.bench.figures import Figures, Settings
from workshop.bench.filling import POSTS, filled, new_post
from workshop.bench.page import Page

STEP, PLAIN = "steps.step07_sessions.app", "workshop.bench.plain_sessions"
USER = {"name": "Mary", "password": "it weaves flowers"}
SEEN = r"{}.*?<h2>(.*?)</h2>.*<h2>(.*?)</h2>"
"""Who is there, then the first and the last title."""


async def send(session: aiohttp.ClientSession, path: str, fields: dict[str, str]) -> None:
    """Fill a form in and send it, with the secret that stands in it."""
    async with session.get(path) as response:
        secret = (await response.text()).partition('name="csrf" value="')[2].partition('"')[0]
    async with session.post(path, data={**fields, "csrf": secret}):
        pass


async def enter(address: str) -> str:
    """Join, log in, write the posts; return the session's cookie, as a browser sends it."""
    jar = aiohttp.CookieJar(unsafe=True)  # takes cookies of a numeric address
    async with aiohttp.ClientSession(address, cookie_jar=jar, raise_for_status=True) as session:
        await send(session, "/join", USER)
        await send(session, "/login", USER)
        for number in range(2, POSTS):  # the first start made two
            await send(session, "/new", new_post(number))
        return "; ".join(f"{cookie.key}={cookie.value}" for cookie in jar)


def run(settings: Settings) -> Figures:
    """Measure the front page, signed out and signed in."""
    with filled(STEP, enter) as (data, cookie):
        out = Page("signed out", STEP, PLAIN, "/", seen=SEEN.format("Log in"))
        inside = replace(
            out,
            title="signed in",
            seen=SEEN.format(f"Log out {USER['name']}"),
            headers={"Cookie": cookie},
        )
        rows = [row for page in (out, inside) for row in compare(page, data, settings)]
    return Figures(f"sessions: step 07's front page with {POSTS} posts", tuple(rows))
