"""What a check leaves behind in the process: it must leave it as it was, or the verdict is void.

A file that replaces a function of pytest, takes over a signal or moves to another folder changes
every check that follows.
"""

from __future__ import annotations

import asyncio
import builtins
import os
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from types import FunctionType, ModuleType
from typing import Any

GUARDED = ("_pytest", "pytest", "pluggy", "pytest_asyncio", "pytest_aiohttp", "workshop", "aiohttp")
LOOSE = frozenset({"_reprcompare", "_assertion_pass", "_config"})
"""Names in which pytest itself puts another function for each test."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of the process that a check must not change."""

    folder: str
    signals: dict[int, Any]
    functions: dict[str, object]
    threads: frozenset[int | None]


def snapshot() -> Snapshot:
    """Return the state of the process now."""
    return Snapshot(
        os.getcwd(),  # noqa: PTH109 - the string is compared, nothing is opened
        {number: signal.getsignal(number) for number in signal.valid_signals()},
        dict(_functions()),
        frozenset(thread.ident for thread in threading.enumerate()),
    )


def compare(before: Snapshot) -> list[str]:
    """Return a sentence for each thing that is not as it was, the gravest first."""
    found = []
    if changed := _changed(before.functions):
        found.append(f"Your file replaced {changed[0]}; with that no verdict can be trusted.")
    try:
        folder = os.getcwd()  # noqa: PTH109
    except OSError:
        folder = "a folder that is gone"
    if folder != before.folder:
        found.append(
            "Your code changed the working directory (os.chdir). Use paths next to __file__ instead."
        )
        os.chdir(before.folder)
    for number, handler in before.signals.items():
        if signal.getsignal(number) != handler:
            name = signal.Signals(number).name
            found.append(f"Your code took over the signal {name}. Leave signals to web.run_app().")
    left = [
        thread.name
        for thread in threading.enumerate()
        if thread.ident not in before.threads and not _pooled(thread)
    ]
    if left:
        found.append(
            f"A thread of yours ({left[0]}) was still running after the last check."
            " Wait for it (join) or use asyncio.to_thread."
        )
    return found


def unfolded(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception, those it groups and those that caused it."""
    yield error
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from unfolded(part)
    if error.__cause__ is not None:
        yield from unfolded(error.__cause__)


def _pooled(thread: threading.Thread) -> bool:
    """Say whether a thread belongs to an executor or to the engine: those wait for work."""
    target = getattr(thread, "_target", None)
    module = getattr(target, "__module__", "") or ""
    return module.startswith("concurrent.futures") or thread is threading.main_thread()


def _guarded(name: str) -> bool:
    return name.partition(".")[0] in GUARDED or name in {"asyncio", "builtins"}


def _functions() -> Iterator[tuple[str, object]]:
    modules = [m for n, m in list(sys.modules.items()) if isinstance(m, ModuleType) and _guarded(n)]
    for module in {id(m): m for m in [*modules, asyncio, builtins]}.values():
        for name, value in list(vars(module).items()):
            if name in LOOSE or name.startswith("@"):
                continue
            if isinstance(value, FunctionType | type) or module is builtins:
                yield f"{module.__name__}.{name}", value
            if isinstance(value, type) and _guarded(value.__module__) and module is not builtins:
                for attribute, inner in list(vars(value).items()):
                    if isinstance(inner, FunctionType):
                        yield f"{module.__name__}.{name}.{attribute}", inner


def _changed(before: dict[str, object]) -> list[str]:
    now = dict(_functions())
    return [name for name, value in before.items() if now.get(name) is not value]
