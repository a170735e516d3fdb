# whole
"""The functions that check are called without a server."""

import pytest

from steps.step08_tests.posts import read_new
from steps.step08_tests.tests.people import POST, Client


@pytest.mark.parametrize("title", [5, "", "  ", "o" * 101])
def test_title(title: object) -> None:
    with pytest.raises(ValueError, match="title"):
        read_new({"title": title, "text": "It waits."})


def test_absent() -> None:
    with pytest.raises(ValueError, match="text"):
        read_new({"title": "On loops"})


async def test_body(program: Client) -> None:
    assert (await program.post("/api/posts", json=[])).status == 422
    assert (await program.post("/api/posts", data=str(POST))).status == 415
