"""{try}: requests that a reader can repeat, with the responses of the step's app."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.typing import OptionSpec

from workshop.course import CourseError, Step
from workshop.report import Exchange, Message
from workshop.site import dialogue
from workshop.site.directive import CourseDirective
from workshop.site.html import Tag, literal, tag

REQUEST_LINE = re.compile(r"([A-Z]{3,}) (/[!-~]*)(?: HTTP/1\.1)?")
HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]*): *(.*)")


def parse_requests(lines: Sequence[str]) -> list[Message]:
    """Return the requests written in some lines; a line `###` separates two.

    Raises CourseError, with the line, when a request line or a header is malformed.
    """
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.strip() == "###":
            groups.append([])
        else:
            groups[-1].append(line)
    return [_request(group) for group in groups]


def _request(lines: list[str]) -> Message:
    text = "\n".join(lines).strip("\n")
    head, _, body = text.partition("\n\n")
    start, *rest = head.split("\n")
    if not (found := REQUEST_LINE.fullmatch(start.strip())):
        raise CourseError(
            f'"{start.strip()}" is no request line. Write a method and a path, such as '
            '"GET /posts?page=2"; what is not ASCII as %XX.'
        )
    headers = []
    for line in rest:
        if not (header := HEADER.fullmatch(line.strip())):
            raise CourseError(
                f'"{line.strip()}" is no header. Write "Name: value"; a body follows an empty line.'
            )
        headers.append((header[1], header[2]))
    return Message(f"{found[1]} {found[2]} HTTP/1.1", tuple(headers), body, len(body.encode()))


LEFT_OUT = frozenset({"date"})
"""Response headers that change every second; pages leave them out."""
RANDOM = frozenset({"x-request-id"})
"""Response headers with random hexadecimal digits, which are replaced, in the body as well."""


class TryDirective(CourseDirective):
    """{try}: HTTP exchanges with the step's app.

    The app gets the requests of all blocks above on the page first, as the reader's app did.
    """

    has_content = True
    option_spec: ClassVar[OptionSpec] = {"app": directives.unchanged_required}

    def build(self) -> list[nodes.Node]:
        """Return a block for each exchange: the curl command and the response."""
        step = self.step
        self.depend_on_folder(step.path)
        module = self.options.get("app", "app")
        factory = _factory(step, module)
        requests = parse_requests(list(self.content))
        key = f"requests to {module}"
        earlier: list[Message] = self.env.temp_data.get(key) or []
        exchanges = dialogue.send_requests(factory, [*earlier, *requests])[len(earlier) :]
        self.env.temp_data[key] = [*earlier, *requests]
        shown = (reproducible(exchange, len(earlier) + n) for n, exchange in enumerate(exchanges))
        return [_block(exchange, module) for exchange in shown]


def _factory(step: Step, module: str) -> Callable[[], Any]:
    """Return create_app of a step's module; raises CourseError where there is none."""
    file = f"steps/{step.folder}/{module.replace('.', '/')}.py"
    try:
        factory: Callable[[], Any] = importlib.import_module(
            f"steps.{step.folder}.{module}"
        ).create_app
    except Exception as error:
        raise CourseError(
            f"{file} gives no create_app(): {type(error).__name__}: {error}."
            " {try} starts what it makes."
        ) from error
    return factory


def reproducible(exchange: Exchange, number: int) -> Exchange:
    """Return an exchange with hexadecimal digits that are the same at every build.

    The digits depend on the request and on `number`, the position on the page.
    """
    answer = exchange.response
    assert answer is not None
    headers, body = list(answer.headers), answer.body
    for place, (name, value) in enumerate(headers):
        if name.lower() in RANDOM and re.fullmatch("[0-9a-f]{8,64}", value):
            digits = sha256(f"{number} {exchange.curl}".encode()).hexdigest()[: len(value)]
            headers[place] = (name, digits)
            body = body.replace(value, digits)
    return replace(exchange, response=replace(answer, headers=tuple(headers), body=body))


def _block(exchange: Exchange, module: str) -> Tag:
    assert exchange.response is not None
    answer = exchange.response
    status = answer.start.split(" ")[1]
    return tag(
        "div",
        literal(exchange.curl, "bash", classes="command"),
        literal(response_text(answer), "http", classes="answer"),
        classes=f"exchange status-{status[0]}",
        data_app=module,
    )


def response_text(answer: Message) -> str:
    """Return a response as text, without the headers that change every second."""
    kept = (f"{n}: {v}" for n, v in answer.headers if n.lower() not in LEFT_OUT)
    head = "\n".join([answer.start, *kept])
    return f"{head}\n\n{answer.body}".rstrip("\n") + "\n"


def setup(app: Sphinx) -> None:
    """Add {try}."""
    app.add_directive("try", TryDirective)
