"""The client that the page's requests panel and the site's {try} blocks share."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from workshop.apps import client, ports


@pytest.fixture
async def address(aiohttp_server):
    """The address of an app that answers in several ways."""

    async def echo(request: web.Request) -> web.Response:
        return web.Response(body=await request.read(), headers={"X-Path": request.raw_path})

    async def away(request: web.Request) -> web.Response:
        raise web.HTTPFound("/echo")

    async def packed(request: web.Request) -> web.Response:
        response = web.Response(text="packed" * 100)
        response.enable_compression(web.ContentCoding.gzip)
        return response

    async def hangs(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "10"})
        await response.prepare(request)
        await response.write(b"begun")
        await asyncio.Event().wait()
        return response

    app = web.Application()
    app.router.add_route("*", "/echo", echo)
    app.add_routes([web.get("/away", away), web.get("/packed", packed), web.get("/hangs", hangs)])
    return (await aiohttp_server(app)).make_url("/")


async def test_both_messages_are_as_they_went_over_the_wire(address):
    """With the headers that aiohttp adds, and no others."""
    target = URL(f"{address}echo?a=%7e", encoded=True)
    exchange, error = await client.send("post", target, [("X-A", "b"), ("X-A", "c")], "Ä".encode())
    assert error is None
    request, response = exchange.request, exchange.response
    assert response
    assert (request.start, request.body, request.size) == ("POST /echo?a=%7e HTTP/1.1", "Ä", 2)
    assert [value for name, value in request.headers if name == "X-A"] == ["b", "c"]
    assert {"Host", "Content-Length"} <= {name for name, _ in request.headers}
    assert not {"Accept-Encoding", "Content-Type"} & {name for name, _ in request.headers}
    assert (response.start, response.body, response.size) == ("HTTP/1.1 200 OK", "Ä", 2)
    assert ("X-Path", "/echo?a=%7e") in response.headers


async def test_a_response_is_taken_as_it_comes(address):
    """A redirect is not followed, a body not decompressed."""
    exchange, _ = await client.send("GET", address / "away")
    assert exchange.response
    assert exchange.response.start == "HTTP/1.1 302 Found"
    exchange, _ = await client.send("GET", address / "packed", [("Accept-Encoding", "gzip")])
    assert exchange.response
    assert "packed by gzip" in exchange.response.body


async def test_no_more_of_a_body_is_read_than_was_asked_for(address):
    """Its size is what the headers say."""
    exchange, error = await client.send("GET", address / "hangs", most=5, seconds=20)
    assert error is None
    assert exchange.response
    assert (exchange.response.body, exchange.response.size) == ("begun", 10)


async def test_a_body_that_does_not_end_is_given_up(address):
    """What came is there, beside the error."""
    exchange, error = await client.send("GET", address / "hangs", seconds=0.5)
    assert isinstance(error, TimeoutError)
    assert exchange.response
    assert exchange.response.body == "begun"


async def test_nobody_listens():
    """The request is there, beside the error."""
    target = URL(f"http://{ports.HOST}:{ports.free_port()}/")
    exchange, error = await client.send("GET", target, [("X-A", "b")])
    assert isinstance(error, aiohttp.ClientConnectorError)
    assert exchange.request.headers == (("X-A", "b"),)
    assert exchange.response is None


async def test_the_caller_chooses_how_a_body_is_shown(address):
    """By its bytes, its size and its type."""
    exchange, _ = await client.send(
        "POST", address / "echo", body=b"\0\1", text=lambda *known: str(known)
    )
    assert exchange.response
    assert exchange.response.body == str((b"\0\1", 2, "application/octet-stream"))
