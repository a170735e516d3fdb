"""Five ways to get the same seven pages."""

import asyncio
from collections.abc import Callable

import requests
from aiohttp import ClientSession, TCPConnector

from .app import PAGES


def by_requests(server: str) -> list[str]:
    """Ask for one page after the other, each by a call of its own."""
    return [text_of(requests.get(f"{server}/pages/{number}", timeout=10)) for number in PAGES]


def by_one_connection(server: str) -> list[str]:
    """Ask for one page after the other, and keep the connection."""
    with requests.Session() as session:
        return [text_of(session.get(f"{server}/pages/{number}", timeout=10)) for number in PAGES]


def text_of(response: requests.Response) -> str:
    """Return the text of an answer; raise when it is a refusal."""
    response.raise_for_status()
    return response.text


async def sessions_apart(server: str) -> list[str]:
    """Ask for all pages at once, each by a session of its own."""

    async def one(number: int) -> str:
        async with ClientSession(server) as session:
            return await fetch(session, number)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(number)) for number in PAGES]
    return [task.result() for task in tasks]


async def one_session(server: str, limit: int = 100) -> list[str]:
    """Ask for all pages at once by one session, which has so many connections at most."""
    connector = TCPConnector(limit=limit)
    async with ClientSession(server, connector=connector) as session, asyncio.TaskGroup() as group:
        tasks = [group.create_task(fetch(session, number)) for number in PAGES]
    return [task.result() for task in tasks]


async def fetch(session: ClientSession, number: int) -> str:
    """Return the text of a page; raise when it is refused."""
    async with session.get(f"/pages/{number}") as response:
        response.raise_for_status()
        return await response.text()


WAYS: dict[str, Callable[[str], list[str]]] = {
    "requests, in turn": by_requests,
    "requests, one connection": by_one_connection,
    "aiohttp, a session each": lambda server: asyncio.run(sessions_apart(server)),
    "aiohttp, one session": lambda server: asyncio.run(one_session(server)),
    "aiohttp, three at a time": lambda server: asyncio.run(one_session(server, limit=3)),
}
