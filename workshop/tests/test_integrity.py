"""What a check changes or leaves behind in the process is detected, and nothing else."""

from __future__ import annotations

import asyncio
import builtins
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from pathlib import Path

import aiohttp
import pytest

from workshop.runner import integrity


@pytest.fixture
def before() -> integrity.Snapshot:
    """A snapshot of the process before the test."""
    return integrity.snapshot()


@pytest.fixture
def event() -> Iterator[threading.Event]:
    """An event for which a thread of the test waits; it is set at the end."""
    event = threading.Event()
    yield event
    event.set()


def test_an_unchanged_process(before):
    """An unchanged process gives no sentence."""
    assert integrity.compare(before) == []


@pytest.mark.parametrize(
    ("owner", "name", "words"),
    [
        (pytest.Function, "runtest", "_pytest.python.Function.runtest"),
        (aiohttp.ClientResponse, "text", "aiohttp.client_reqrep.ClientResponse.text"),
        (builtins, "ascii", "builtins.ascii"),
        (json, "loads", "json.loads"),
        (asyncio, "wait_for", "asyncio"),
        (integrity, "compare", "workshop.runner.integrity.compare"),
        (aiohttp, "ClientSession", "aiohttp"),
    ],
)
def test_a_replaced_function_or_class(before, monkeypatch, owner, name, words):
    """A replaced function, method or class of Python, aiohttp, pytest or the engine is named."""
    monkeypatch.setattr(owner, name, lambda *arguments: None)
    found = integrity.replaced(before.guarded)
    monkeypatch.undo()
    assert found is not None
    assert words in found


def test_a_deleted_method(before, monkeypatch):
    """A deleted method counts as replaced."""
    monkeypatch.delattr(pytest.Function, "runtest")
    assert integrity.replaced(before.guarded) == "_pytest.python.Function.runtest"


@pytest.mark.parametrize("name", ["pytest", "aiohttp.web", "asyncio.tasks", "workshop.report"])
def test_a_removed_module(before, monkeypatch, name):
    """A module that is missing in sys.modules counts as replaced."""
    monkeypatch.delitem(sys.modules, name)
    assert integrity.replaced(before.guarded) == name
    assert name in integrity.compare(before)[0]


def test_replacements_by_the_engine_are_allowed(before, monkeypatch):
    """The engine's own replacements, as the recorder makes them, are no violation."""
    listening = wraps(integrity.compare)(integrity.snapshot)
    monkeypatch.setattr(aiohttp.ClientSession, "__init__", listening)
    assert integrity.replaced(before.guarded) is None


def test_new_names_and_data_are_allowed(before, monkeypatch):
    """A new name, a new module and changed data are no violation."""
    monkeypatch.setattr(aiohttp, "learners_own", len, raising=False)
    monkeypatch.setattr(aiohttp, "__version__", "4")
    monkeypatch.setitem(sys.modules, "aiohttp.learners_own", aiohttp)
    assert integrity.compare(before) == []


def test_a_changed_working_directory(before, monkeypatch, tmp_path):
    """A changed working directory is reported, and changed back."""
    monkeypatch.chdir(tmp_path)
    (sentence,) = integrity.compare(before)
    assert "os.chdir" in sentence
    assert Path.cwd() == Path(before.folder)


@pytest.mark.skipif(os.name != "posix", reason="a folder in use cannot be deleted elsewhere")
def test_a_deleted_working_directory(monkeypatch, tmp_path):
    """After the working directory was deleted there is one again, and no sentence."""
    place = tmp_path / "gone"
    place.mkdir()
    monkeypatch.chdir(place)
    before = integrity.snapshot()
    place.rmdir()
    assert integrity.compare(before) == []
    assert integrity.compare(before) == []
    assert Path.cwd().exists()


@pytest.mark.parametrize("set_", [sys.settrace, sys.setprofile])
def test_tracing_and_profiling(before, set_):
    """Tracing and profiling are reported."""
    old = sys.gettrace(), sys.getprofile()
    set_(lambda *arguments: None)
    try:
        found = integrity.tampering(before)
    finally:
        sys.settrace(old[0])
        sys.setprofile(old[1])
    assert "sys.settrace" in found[0]


def test_a_signal_handler(before):
    """The first signal whose handler was replaced is named."""
    old = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        (sentence,) = integrity.compare(before)
    finally:
        signal.signal(signal.SIGTERM, old)
    assert "SIGTERM" in sentence


@pytest.mark.parametrize("daemon", [True, False])
def test_a_thread_that_still_runs(before, event, daemon):
    """A thread that still runs is named, daemon or not."""
    thread = threading.Thread(target=event.wait, name="counter", daemon=daemon)
    thread.start()
    (sentence,) = integrity.compare(before)
    assert "counter" in sentence


def test_a_thread_that_is_about_to_end(before, event):
    """A thread that ends within the time limit is no violation."""
    thread = threading.Thread(target=event.wait)
    thread.start()
    event.set()
    assert integrity.compare(before) == []


def test_an_idle_thread_pool(before):
    """Threads of an executor that wait for work are no violation."""
    with ThreadPoolExecutor() as pool:
        assert pool.submit(len, "Ada").result() == 3
        assert integrity.compare(before) == []


def test_no_process_pool(before):
    """Without a process pool there are no ids of pool processes."""
    assert integrity.pool_processes() == []
