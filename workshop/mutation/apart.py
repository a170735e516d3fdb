"""A session inside of another: what one does and says is kept from the other."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import gc
import inspect
import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import aiohttp
import pytest
from _pytest.assertion import util

from workshop.recorder.output import Printed


class SleepError(Exception):
    """A test was about to sleep."""


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Keep the outer session's settings from the inner one, and its objects from the collector."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        patch.setenv("PYTEST_CURRENT_TEST", os.environ.get("PYTEST_CURRENT_TEST", ""))
        for name in "PYTEST_ADDOPTS", "PYTEST_PLUGINS":
            patch.delenv(name, raising=False)
        gc.freeze()
        try:
            yield
        finally:
            gc.unfreeze()


@contextlib.contextmanager
def unseen() -> Iterator[None]:
    """Let nobody write down what is sent, compared, logged or printed."""
    root = logging.getLogger()
    level, printed = root.level, Printed()
    with contextlib.ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        unheard = inspect.unwrap(aiohttp.ClientSession.__init__)
        patch.setattr(aiohttp.ClientSession, "__init__", unheard)
        patch.setattr(util, "_reprcompare", None)
        stack.enter_context(contextlib.redirect_stdout(printed))
        stack.enter_context(contextlib.redirect_stderr(printed))
        root.setLevel(max(level, logging.WARNING))
        stack.callback(root.setLevel, level)
        yield


@contextlib.contextmanager
def awake(module: ModuleType, file: str) -> Iterator[None]:
    """Let no line of a file sleep."""

    def refusing(sleep: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(sleep)
        def call(seconds: float, *rest: Any) -> Any:
            if seconds and sys._getframe(1).f_code.co_filename == file:
                raise SleepError
            return sleep(seconds, *rest)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for owner in time, asyncio:
            sleep = vars(owner)["sleep"]
            for name in [name for name, value in vars(module).items() if value is sleep]:
                patch.setattr(module, name, refusing(sleep))
            patch.setattr(owner, "sleep", refusing(sleep))
        yield


@contextlib.contextmanager
def unheard() -> Iterator[None]:
    """Let nobody know of a coroutine that is left behind: on a mutant no test comes to its end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "unraisablehook", lambda _: None)
        yield
