"""Step 04 with a hundred posts: the front page, and the API's list of all of them."""

from __future__ import annotations

import aiohttp

from workshop.bench.comparison import compare
from workshop.bench.figures import Figures, Settings
from workshop.bench.filling import POSTS, filled, new_post
from workshop.bench.page import Page

STEP, PLAIN = "steps.step04_templates.app", "workshop.bench.plain"
PAGES = (
    Page("front page", STEP, PLAIN, "/", seen=r"<h2>(.*?)</h2>"),
    Page("API, 100 posts", STEP, PLAIN, f"/api/posts?limit={POSTS}", seen=r"(\{.*\})"),
)


async def write(address: str) -> None:
    """Write posts until there are a hundred."""
    async with aiohttp.ClientSession(address, raise_for_status=True) as session:
        async with session.get("/api/posts") as response:
            known = len((await response.json())["posts"])
        for number in range(known, POSTS):
            async with session.post("/api/posts", json={**new_post(number), "owner": "Ada"}):
                pass


def run(settings: Settings) -> Figures:
    """Measure both pages."""
    with filled(STEP, write) as (data, _):
        rows = [row for page in PAGES for row in compare(page, data, settings)]
    return Figures(f"pages: step 04 with {POSTS} posts", tuple(rows))
