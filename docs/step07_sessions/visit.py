"""A visit to the blog: join, look at the cookie, copy it, log out, try the copy."""

import asyncio
from http.cookies import SimpleCookie
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
import click
from aiohttp.test_utils import TestServer

from steps.step07_sessions.app import create_app
from steps.step07_sessions.config import Config

FORM = {"name": "Alan", "password": "an apple a day"}
SHOWN = ("HttpOnly", "SameSite")


async def send(http: aiohttp.ClientSession, method: str, path: str, **options: object) -> None:
    """Send a request, and print where it leads and what comes into the cookie."""
    async with http.request(method, path, allow_redirects=False, **options) as answer:  # type: ignore[arg-type]
        who = " (the copy)" if "headers" in options else ""
        leads = f"to {answer.headers['Location']}" if "Location" in answer.headers else ""
        click.echo(f"{method} {path}{who}".ljust(24) + f"{answer.status} {leads}".rstrip())
        for header in answer.headers.getall("Set-Cookie", []):
            click.echo(f"    {cookie_in(header)}")


def cookie_in(header: str) -> str:
    """Return the beginning of a cookie, with its flags."""
    cookie = SimpleCookie(header)["blog"]
    flags = [part for part in header.split("; ") if part.startswith(SHOWN)]
    return "; ".join([f"blog={cookie.value[:6]}…", *flags]) if cookie.value else "blog is deleted"


async def token(http: aiohttp.ClientSession) -> str:
    """Return the hidden field of a form."""
    async with http.get("/join") as page:
        return (await page.text()).partition('name="csrf" value="')[2].partition('"')[0]


async def main() -> None:
    """Serve the blog with a new database, and visit it."""
    with TemporaryDirectory() as folder:
        jar = aiohttp.CookieJar(unsafe=True)  # it takes cookies from 127.0.0.1 as well
        async with (
            TestServer(create_app(Config(Path(folder)))) as server,
            aiohttp.ClientSession(server.make_url("/"), cookie_jar=jar) as http,
        ):
            await send(http, "POST", "/join", data=FORM | {"csrf": await token(http)})
            leaving = {"csrf": await token(http)}
            copy = jar.filter_cookies(server.make_url("/"))["blog"].value
            await send(http, "GET", "/new")
            await send(http, "POST", "/logout", data=leaving)
            jar.clear()
            await send(http, "GET", "/new", headers={"Cookie": f"blog={copy}"})


if __name__ == "__main__":
    asyncio.run(main())
