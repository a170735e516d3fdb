"""Snapshots of the worker process, to detect what a check has changed or left behind in it.

Code that replaces a function of pytest, takes over a signal or changes the working directory
changes every check that follows, so no verdict is given then.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

GUARDED = frozenset(
    {"aiohttp", "asyncio", "builtins", "json", "workshop"}
    | {"_pytest", "pluggy", "pytest", "pytest_aiohttp", "pytest_asyncio"}
)
"""Packages whose functions the verdict relies on."""
SWAPPED_BY_PYTEST = frozenset({"_reprcompare", "_assertion_pass", "_config"})
"""Names to which pytest itself assigns another function for each test."""
ENGINE = str(Path(__file__).parent.parent) + os.sep
"""The folder of the engine's code, as text: it is compared a thousand times."""
TESTS = f"{ENGINE}tests{os.sep}"
"""The folder of the engine's tests, whose replacements count as tampering."""
CODE_TYPES = (FunctionType, BuiltinFunctionType, type, staticmethod, classmethod, property)
"""Types of values that must not be replaced; a cache or a counter may change."""
THREAD_LEFT = "A thread that your code started"
"""The beginning of the sentence about a thread that still runs."""
THREAD_SECONDS = 0.2
"""Seconds to wait for threads that are about to end."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """The guarded modules and classes, with their values at one moment."""

    modules: dict[str, ModuleType]
    names: list[tuple[Any, dict[str, object]]]
    """Each guarded module and class, with its attributes."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of the process that a check must not change, at one moment."""

    folder: str
    signals: dict[int, Any]
    guarded: Guarded
    threads: frozenset[threading.Thread]


def guarded() -> Guarded:
    """Return the guarded packages as they are now; takes longer than the rest of a snapshot."""
    modules = {
        name: module
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] in GUARDED and isinstance(module, ModuleType)
    }
    names = [(owner, dict(vars(owner))) for owner in _owners(modules.values())]
    return Guarded(modules, names)


def snapshot(packages: Guarded | None = None) -> Snapshot:
    """Return a snapshot of the process; `packages` may have been taken before."""
    return Snapshot(
        os.getcwd(),  # noqa: PTH109 - the string is compared, nothing is opened
        {number: signal.getsignal(number) for number in signal.valid_signals()},
        packages or guarded(),
        frozenset(threading.enumerate()),
    )


def tampering(before: Snapshot) -> list[str]:
    """Return a sentence for each change that no code may make even for a moment, the gravest first.

    The working directory is changed back. Takes about three milliseconds, with cold caches.
    """
    found = []
    if name := replaced(before.guarded):
        found.append(
            f"Your code replaced {name}, which the checks themselves rely on."
            " Take that out: no verdict can be trusted with it."
        )
    if sys.gettrace() or sys.getprofile():
        found.append(
            "Your code watches every line that runs (sys.settrace or sys.setprofile)."
            " Take the call out: nothing can be measured with it."
        )
    if _working_directory() != before.folder:
        try:
            os.chdir(before.folder)
            found.append(
                "Your code changed the working directory of the whole process (os.chdir)."
                " Leave it, and use paths next to your file: Path(__file__).parent."
            )
        except OSError:  # it was deleted, which `checker` reports
            os.chdir(os.sep)
    return found


def compare(before: Snapshot) -> list[str]:
    """Return the sentences of `tampering`, and of signals and threads left behind at the end.

    Waits `THREAD_SECONDS` at most for threads to end.
    """
    found = tampering(before)
    if taken := [n for n, handler in before.signals.items() if signal.getsignal(n) != handler]:
        found.append(
            f"Your code took over the signal {signal.Signals(taken[0]).name} and kept it."
            " Take the call of signal.signal() out: web.run_app() looks after signals."
        )
    if left := _running_thread(before.threads):
        found.append(
            f"{THREAD_LEFT} ({left.name}) was still running after the last check."
            " Wait for its end with join(), or call the function by `await asyncio.to_thread(…)`."
        )
    return found


def replaced(before: Guarded) -> str | None:
    """Return the name of a function, class or module that has been replaced, if any."""
    for name, module in before.modules.items():
        if sys.modules.get(name) is not module:
            return name
    for owner, names in before.names:
        now = vars(owner)
        if now == names:
            continue
        for name, value in names.items():
            new = now.get(name)
            if new is not value and isinstance(value, CODE_TYPES) and not _is_intended(name, new):
                return f"{_name_of(owner)}.{name}"
    return None


def pool_processes() -> list[int]:
    """Return the ids of the processes of ProcessPoolExecutors, and of multiprocessing's helpers."""
    import gc

    module = sys.modules.get("concurrent.futures.process")
    if module is None:
        return []
    pool_type = module.ProcessPoolExecutor
    pools = [thing for thing in gc.get_objects() if issubclass(type(thing), pool_type)]
    found = [process for pool in pools for process in (getattr(pool, "_processes", None) or ())]
    tracker = sys.modules.get("multiprocessing.resource_tracker")
    server = sys.modules.get("multiprocessing.forkserver")
    if tracker and tracker._resource_tracker._pid:
        found.append(tracker._resource_tracker._pid)
    if server and server._forkserver._forkserver_pid:
        found.append(server._forkserver._forkserver_pid)
    return found


def _name_of(owner: Any) -> str:
    return f"{owner.__module__}.{owner.__qualname__}" if isinstance(owner, type) else owner.__name__


def _working_directory() -> str | None:
    try:
        return os.getcwd()  # noqa: PTH109
    except OSError:  # it was deleted
        return None


def _running_thread(known: frozenset[threading.Thread]) -> threading.Thread | None:
    """Return a new thread that does not end, if any; threads of executors do not count."""
    until = monotonic() + THREAD_SECONDS
    for thread in threading.enumerate():
        if thread in known or thread is threading.main_thread() or _is_pool_thread(thread):
            continue
        if thread is not threading.current_thread():
            thread.join(max(0.0, until - monotonic()))
        if thread.is_alive():
            return thread
    return None


def _is_pool_thread(thread: threading.Thread) -> bool:
    """Return whether a thread belongs to an executor, of threads or of processes."""
    parts = (getattr(thread, "_target", None), type(thread))
    homes = [getattr(part, "__module__", None) or "" for part in parts]
    return any(home.startswith(("concurrent.futures", "multiprocessing.queues")) for home in homes)


def _is_intended(name: str, new: object) -> bool:
    """Return whether pytest or the recorder assigned the new value, as they do during a check."""
    code = getattr(new, "__code__", None)
    file = code.co_filename if code is not None else ""
    ours = file.startswith(ENGINE) and not file.startswith(TESTS)
    return ours or name in SWAPPED_BY_PYTEST or name.startswith("@")


def _owners(modules: Iterable[ModuleType]) -> list[Any]:
    """Return the modules and their classes, each once."""
    found: dict[int, Any] = {id(module): module for module in modules}
    for module in list(found.values()):
        for value in list(vars(module).values()):
            if isinstance(value, type) and value.__module__.partition(".")[0] in GUARDED:
                found[id(value)] = value
    return list(found.values())
