"""Three pages to wait for: how long each of them takes."""

import asyncio

import click

from .watching import watched

WAITS = {"8010": 0.2, "8011": 0.3, "8012": 0.1}
"""Seconds by page."""


@watched
async def fetch(page: str, seconds: float) -> None:
    """Ask for a page, and wait until it is here."""
    click.echo(f"{page} asked for")
    await asyncio.sleep(seconds)
    click.echo(f"{page} is here")
