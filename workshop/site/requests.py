"""Requests as a page writes them: a request line, headers, an empty line, a body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workshop.course import CourseError
from workshop.report import Message

REQUEST_LINE = re.compile(r"([A-Z]{3,}) (/[!-~]*)(?: HTTP/1\.1)?")
HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]*): *(.*)")


def parse(lines: Sequence[str]) -> list[Message]:
    """Return the requests written in some lines; a line `###` stands between two.

    Raises CourseError that quotes the line which is no request line or no header.
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
