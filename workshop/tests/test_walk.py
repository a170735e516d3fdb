"""Tests of the commands on the pages: a shell runs each one, in order, against a running app."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from workshop import course
from workshop.site.http_block import LEFT_OUT, RANDOM
from workshop.tests.sites import Built

STEPS = tuple(pytest.param(step, id=step.label) for step in course.discover().steps)
NEEDED = ("bash", "curl")


@contextmanager
def running(module: str, data: Path) -> Iterator[str]:
    """Start an app as its page says; yield its host and port."""
    environment = {**os.environ, "PORT": "0", "WORKSHOP_DATA": str(data)}
    words = [sys.executable, "-u", "-m", module]
    with (data.parent / "log").open("ab") as log:
        server = subprocess.Popen(
            words,
            cwd=course.ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            encoding="utf-8",
        )
    assert server.stdout
    try:
        line = next(text for text in server.stdout if "Running on" in text)
        yield re.findall(r"http://([0-9.:]+)", line)[0]
    finally:
        server.kill()
        server.communicate()


def stable_lines(answer: str) -> list[str]:
    """Return the lines of a response that are the same in every run."""
    for name in RANDOM:
        for value in re.findall(f"(?im)^{name}: (.*)$", answer):
            answer = answer.replace(value, "random")
    head, _, body = answer.partition("\n\n")
    lines = [line for line in head.split("\n") if line.partition(":")[0].lower() not in LEFT_OUT]
    return [*lines, "", *body.rstrip("\n").split("\n")]


def run_command(command: str, address: str) -> str:
    """Run a command of the page in bash; return its output."""
    words = command.replace("127.0.0.1:8080", address).replace("curl ", "curl -s ", 1)
    done = subprocess.run(["bash", "-c", words], capture_output=True, check=True)
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        kind = re.findall(rb"(?im)^Content-Type: ([^;\r]+)", head)[0].decode()
        text = f"({len(body):,} bytes of {kind})"
    return head.decode("utf-8").replace("\r\n", "\n") + "\n\n" + text.replace("\r\n", "\n")


def block_text(exchange: Tag, kind: str) -> str:
    """Return the text of a block of an exchange: "command" or "answer"."""
    found = exchange.select_one(f".{kind} pre")
    assert found
    return found.get_text().strip("\n")


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
def test_a_reader_gets_what_the_page_shows(site: Built, step: course.Step, tmp_path: Path) -> None:
    """Every command of a page, in order, on a server with empty data, gives the shown response."""
    if missing := [name for name in NEEDED if shutil.which(name) is None]:
        pytest.skip(f"{missing[0]} is not installed")
    page = BeautifulSoup(site.page(f"{step.folder}/index"), "html.parser")
    exchanges = page.select("div.exchange")
    assert bool(exchanges) == ("{try}" in step.page.read_text("utf-8"))
    for app in dict.fromkeys(str(each["data-app"]) for each in exchanges):
        module = f"steps.{step.folder}.{app}"
        assert f"python -m {module}" in page.get_text(), "the page does not say how to start it"
        with running(module, tmp_path / "data") as address:
            for each in exchanges:
                if each["data-app"] == app:
                    command = block_text(each, "command")
                    came = stable_lines(run_command(command, address))
                    assert came == stable_lines(block_text(each, "answer")), command
