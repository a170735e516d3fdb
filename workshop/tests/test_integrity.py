"""What a check leaves behind is seen, and only that."""

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
    """How things were before the test."""
    return integrity.snapshot()


@pytest.fixture
def event() -> Iterator[threading.Event]:
    """What a thread of the test waits for; it ends with the test."""
    event = threading.Event()
    yield event
    event.set()


def test_nothing_happened(before):
    """Then there is nothing to say."""
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
def test_something_was_replaced(before, monkeypatch, owner, name, words):
    """A function, a method, a class, whether Python's, aiohttp's, pytest's or the engine's."""
    monkeypatch.setattr(owner, name, lambda *arguments: None)
    found = integrity.replaced(before.guarded)
    monkeypatch.undo()
    assert found is not None
    assert words in found


def test_a_method_was_deleted(before, monkeypatch):
    """That is no better than another one."""
    monkeypatch.delattr(pytest.Function, "runtest")
    assert integrity.replaced(before.guarded) == "_pytest.python.Function.runtest"


@pytest.mark.parametrize("name", ["pytest", "aiohttp.web", "asyncio.tasks", "workshop.report"])
def test_a_module_was_replaced(before, monkeypatch, name):
    """By another, or by nothing."""
    monkeypatch.delitem(sys.modules, name)
    assert integrity.replaced(before.guarded) == name
    assert name in integrity.compare(before)[0]


def test_the_engine_may_replace_for_a_while(before, monkeypatch):
    """The recorder listens to client sessions by a function of its own; that is no offence."""
    listening = wraps(integrity.compare)(integrity.snapshot)
    monkeypatch.setattr(aiohttp.ClientSession, "__init__", listening)
    assert integrity.replaced(before.guarded) is None


def test_what_is_new_or_counts_is_no_offence(before, monkeypatch):
    """A new name, a new module, a counter."""
    monkeypatch.setattr(aiohttp, "learners_own", len, raising=False)
    monkeypatch.setattr(aiohttp, "__version__", "4")
    monkeypatch.setitem(sys.modules, "aiohttp.learners_own", aiohttp)
    assert integrity.compare(before) == []


def test_another_folder(before, monkeypatch, tmp_path):
    """It is told, and set back."""
    monkeypatch.chdir(tmp_path)
    (sentence,) = integrity.compare(before)
    assert "os.chdir" in sentence
    assert Path.cwd() == Path(before.folder)


@pytest.mark.skipif(os.name != "posix", reason="a folder in use cannot be deleted elsewhere")
def test_a_folder_that_is_gone(monkeypatch, tmp_path):
    """There is a working directory again, and nothing to say about it."""
    place = tmp_path / "gone"
    place.mkdir()
    monkeypatch.chdir(place)
    before = integrity.snapshot()
    place.rmdir()
    assert integrity.compare(before) == []
    assert integrity.compare(before) == []
    assert Path.cwd().exists()


@pytest.mark.parametrize("set_", [sys.settrace, sys.setprofile])
def test_watching_every_line(before, set_):
    """Tracing and profiling are told."""
    old = sys.gettrace(), sys.getprofile()
    set_(lambda *arguments: None)
    try:
        found = integrity.tampering(before)
    finally:
        sys.settrace(old[0])
        sys.setprofile(old[1])
    assert "sys.settrace" in found[0]


def test_a_signal(before):
    """The first one that was taken over is named."""
    old = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        (sentence,) = integrity.compare(before)
    finally:
        signal.signal(signal.SIGTERM, old)
    assert "SIGTERM" in sentence


@pytest.mark.parametrize("daemon", [True, False])
def test_a_thread_that_runs_on(before, event, daemon):
    """It is named, whether the program would wait for it or not."""
    thread = threading.Thread(target=event.wait, name="counter", daemon=daemon)
    thread.start()
    (sentence,) = integrity.compare(before)
    assert "counter" in sentence


def test_a_thread_that_is_about_to_end(before, event):
    """A moment is given to it."""
    thread = threading.Thread(target=event.wait)
    thread.start()
    event.set()
    assert integrity.compare(before) == []


def test_a_pool_that_waits_for_work(before):
    """That is what pools are for."""
    with ThreadPoolExecutor() as pool:
        assert pool.submit(len, "Ada").result() == 3
        assert integrity.compare(before) == []


def test_no_pool_of_processes(before):
    """Then none of their processes are known."""
    assert integrity.pool_processes() == []
