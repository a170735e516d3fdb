"""Whether a folder's file system tells of changes, or has to be looked at again and again."""

from __future__ import annotations

import os
from pathlib import Path

import psutil

SILENT = frozenset(
    {"9p", "drvfs", "virtiofs", "v9fs"}  # Windows' drives in WSL, shared folders of containers
    | {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "ncpfs"}
    | {"afs", "ceph", "glusterfs", "lustre", "beegfs", "coda"}
    | {"vboxsf", "vmhgfs", "prl_fs", "hgfs", "osxfs", "grpcfuse", "fakeowner"}
)
"""File systems on which another machine, or the host, changes files without a word."""


def silent(folder: Path) -> bool:
    """Say whether changes in a folder may come without a word of the system.

    Network drives, Windows' drives in WSL and the shared folders of virtual machines do that.
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
    return distant or kind in SILENT or kind.startswith("fuse.")
