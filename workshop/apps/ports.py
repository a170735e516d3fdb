"""TCP ports of the loopback address: which are free, and which process has one."""

from __future__ import annotations

import os
import socket

import psutil

HOST = "127.0.0.1"


def is_free(port: int) -> bool:
    """Return whether a server could listen on this port of the loopback address."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # as asyncio does: a port that lately was in use is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port of the loopback address that is free now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def holder(port: int) -> str:
    """Return who listens on a port, such as "python (process 4711)", or "another program"."""
    try:
        for connection in psutil.net_connections("tcp"):
            here = connection.laddr and connection.laddr.port == port
            if here and connection.status == psutil.CONN_LISTEN and connection.pid:
                return f"{psutil.Process(connection.pid).name()} (process {connection.pid})"
    except (psutil.Error, OSError):
        pass
    return "another program"


def taken_sentence(port: int) -> str:
    """Return the sentence for a port that is taken: who holds it and what to do."""
    return (
        f"Port {port} is taken by {holder(port)}. Stop that one (Ctrl-C in its terminal), "
        f"or choose another port: --port {port + 1}"
    )
