"""Changes of files: by events of the operating system, or by polling where those do not come."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncGenerator, Callable, Iterable
from pathlib import Path

import psutil
import watchfiles

from workshop.course.files import FileState, file_state

POLL = 0.3
"""Seconds between two polls."""

WITHOUT_EVENTS = frozenset(
    {"9p", "drvfs", "virtiofs", "v9fs"}  # Windows' drives in WSL, shared folders of containers
    | {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "ncpfs"}
    | {"afs", "ceph", "glusterfs", "lustre", "beegfs", "coda"}
    | {"vboxsf", "vmhgfs", "prl_fs", "hgfs", "osxfs", "grpcfuse", "fakeowner"}
)
"""File systems on which another machine, or the host, changes files without an event."""


def needs_polling(folder: Path) -> bool:
    """Return whether the file system of a folder may send no events for changes.

    Those are network drives, Windows' drives in WSL and shared folders of virtual machines.
    """
    place = os.path.realpath(folder)
    if place.startswith("\\\\"):  # \\server\share
        return True
    found = ("", "", "")
    for disk in psutil.disk_partitions(all=True):
        point = disk.mountpoint.rstrip("\\/")
        if f"{place}{os.sep}".startswith(f"{point}{os.sep}") and len(point) >= len(found[0]):
            found = point, disk.fstype.lower(), disk.opts
    _, kind, options = found
    distant = os.name == "nt" and "remote" in options.split(",")
    return distant or kind in WITHOUT_EVENTS or kind.startswith("fuse.")


async def changes(files: Callable[[], Iterable[Path]]) -> AsyncGenerator[set[Path], None]:
    """Yield the files that changed since the last poll; first, at once, an empty set.

    `files` returns the files to poll; it is called in a thread. Unlike the polling of watchfiles,
    which compares whole seconds, this also sees a second save within the same second.
    """
    before = await asyncio.to_thread(_states, files)
    yield set()
    while True:
        await asyncio.sleep(POLL)
        now = await asyncio.to_thread(_states, files)
        both = before.keys() | now.keys()
        if found := {file for file in both if before.get(file) != now.get(file)}:
            yield found
        before = now


def _states(files: Callable[[], Iterable[Path]]) -> dict[Path, FileState]:
    return {file: file_state(file) for file in files()}


async def folder_changes(folder: Path, chosen: watchfiles.BaseFilter) -> AsyncGenerator[None, None]:
    """Yield whenever files of a folder that a filter lets pass have changed.

    Polls where the file system sends no events, or the system has no more watches to give.
    Raises FileNotFoundError when the folder is gone.
    """
    if not await asyncio.to_thread(needs_polling, folder):
        try:
            async for _ in watchfiles.awatch(
                folder, watch_filter=chosen, debounce=50, step=5, force_polling=False
            ):
                yield
        except FileNotFoundError:
            raise
        except (OSError, RuntimeError):
            pass

    def files() -> list[Path]:
        return [file for file in folder.rglob("*") if chosen(watchfiles.Change.modified, str(file))]

    async with contextlib.aclosing(changes(files)) as polled:
        await anext(polled)
        async for _ in polled:
            yield
