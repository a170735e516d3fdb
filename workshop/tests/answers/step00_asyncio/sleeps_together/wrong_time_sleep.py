"""`time.sleep` in place of `asyncio.sleep`: everybody stands still.

check: test_together
says: 17 came, 10 was wanted
"""

import asyncio
import time

import click


async def ask(name: str, seconds: float) -> str:
    """Ask somebody, and wait for the answer."""
    if seconds < 0:
        raise ValueError(f"{name} cannot answer before being asked")
    time.sleep(seconds)
    return f"{name} answered after {seconds:g} s"
