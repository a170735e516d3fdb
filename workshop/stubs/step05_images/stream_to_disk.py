"""A drop box: files larger than any form go to the disk, piece by piece."""

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
    # TODO: Return the last part of the name, other characters replaced, without dots in front.
    return "file"


async def receive(reader: MultipartReader, part: BodyPartReader, file: IO[bytes]) -> None:
    """Write what comes to the file, piece by piece, up to the limit."""
    # TODO: Write the part to the file in pieces; 413 beyond LARGEST, 400 when the end is missing.
    raise web.HTTPNotImplemented(text="not done yet")


async def keep(reader: MultipartReader, part: BodyPartReader, folder: Path) -> str:
    """Keep a file in the folder, once all of it is there; return its name."""
    # TODO: Write to a hidden file; give it its safe name when it is complete, else delete it.
    raise web.HTTPNotImplemented(text="not done yet")


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
