"""Tests of what can be read: each runs on a blog of its own, with Ada's post 1 and Grace's 2."""

from steps.step08_tests.tests.people import Client


async def test_read(client: Client) -> None:
    """A post comes whole, and it is the one that was asked for."""
    # TODO: Ask for a post; assert its status, then the whole JSON.
    raise AssertionError("not written yet")


async def test_missing(client: Client) -> None:
    """A post that is not there is a 404."""
    # TODO: Ask for number 99; assert the status.
    raise AssertionError("not written yet")


async def test_list(client: Client) -> None:
    """The list has all posts, the oldest first."""
    # TODO: Ask for /api/posts; assert that it has the posts 1 and 2, in this order.
    raise AssertionError("not written yet")
