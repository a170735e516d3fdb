"""There is no limit, since client_max_size was believed to be one.

check: test_limit
says: 413 was wanted
"""

import asyncio
import logging
import os
import re
from pathlib import Path
from secrets import token_hex
from typing import IO

from aiohttp import BodyPartReader, MultipartReader, web

from steps.step05_images.config import CONFIG, from_environment
from steps.step05_images.parsing import UNREADABLE
from steps.step05_images.streaming import first_part

LARGEST = 4 * 2**20
"""So many bytes a file may have."""
PIECE = 2**16
"""So many bytes are read at a time."""


def safe_name(name: str) -> str:
    """Return a name for a file that stays in its folder: letters, digits, dot, dash, underscore."""
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[^A-Za-z0-9._-]+", "_", last)[-100:].lstrip(".") or "file"


async def receive(reader: MultipartReader, part: BodyPartReader, file: IO[bytes]) -> None:
    """Write what comes to the file, piece by piece, up to the limit."""
    size = 0
    try:
        while piece := await part.read_chunk(PIECE):
            size += len(piece)
            await asyncio.to_thread(file.write, piece)
        await reader.next()  # fails when the file was cut off
    except UNREADABLE:
        raise web.HTTPBadRequest(text="This file is not complete") from None


async def keep(reader: MultipartReader, part: BodyPartReader, folder: Path) -> str:
    """Keep a file in the folder, once all of it is there; return its name."""
    name = safe_name(part.filename or "")
    unfinished = folder / f".{token_hex(8)}"
    try:
        with await asyncio.to_thread(unfinished.open, "xb") as file:
            await receive(reader, part, file)
        unfinished.replace(folder / name)
    finally:
        unfinished.unlink(missing_ok=True)
    return name


async def upload(request: web.Request) -> web.Response:
    """Take the first file of a form and answer with its name."""
    reader, part = await first_part(request)
    name = await keep(reader, part, request.app[CONFIG].data)
    return web.json_response({"name": name}, status=201)


def create_app() -> web.Application:
    """Make the application and the folder that it fills."""
    app = web.Application()
    app[CONFIG] = from_environment()
    app[CONFIG].data.mkdir(parents=True, exist_ok=True)
    app.add_routes([web.post("/files", upload)])
    return app


def main() -> None:
    """Serve the drop box on this machine until Ctrl-C."""
    logging.basicConfig(level=logging.INFO)
    web.run_app(create_app(), host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))


if __name__ == "__main__":
    main()
