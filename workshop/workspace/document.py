"""The content of a learner's file: its text, its digest, and errors at reading it."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from pathlib import Path

from workshop.course import CourseError, Exercise, misplaced
from workshop.course.files import SOURCE_LIMIT

BOM = "\ufeff"


class WorkspaceError(CourseError):
    """A file cannot be read or written; the message says why, and what to do."""


class TooLargeError(WorkspaceError):
    """A content has more than `SOURCE_LIMIT` bytes."""


@dataclass(frozen=True, slots=True)
class Document:
    """The content of a learner's file when it was read."""

    content: str | None
    """Its text with "\\n" as line ends; None when there is none to show."""
    version: str | None
    """The SHA-256 of its bytes, in hex; None when it cannot be read."""
    notice: str | None = None
    """Why there is no text, and what to do."""


@dataclass(frozen=True, slots=True)
class Style:
    """Line ends and byte order mark of a file; a new text is written with the same."""

    newline: str = "\n"
    bom: bool = False

    def encode(self, text: str) -> bytes:
        """Return a text as the bytes of such a file; raises UnicodeEncodeError."""
        lines = text.removeprefix(BOM).replace("\r\n", "\n").replace("\n", self.newline)
        return ((BOM if self.bom else "") + lines).encode("utf-8")


def read_document(exercise: Exercise, data: bytes | None = None) -> Document:
    """Return the learner's file as a document; a notice says why it has no text. Never raises.

    `data` are the bytes of the file if the caller has just read or written them.
    """
    try:
        if data is None or len(data) > SOURCE_LIMIT:
            data = read_bytes(exercise)
        else:
            resolved_path(exercise)
    except FileNotFoundError:
        return Document(None, None, missing_sentence(exercise))
    except WorkspaceError as error:
        return Document(None, None, str(error))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Document(
            None,
            digest(data),
            f"{display_path(exercise)} is no UTF-8 text (line {line})."
            " Save it as UTF-8 in your editor, or bring the original back.",
        )
    return Document(text.removeprefix(BOM).replace("\r\n", "\n"), digest(data))


def read_bytes(exercise: Exercise) -> bytes:
    """Return the bytes of the learner's file.

    Raises FileNotFoundError, and WorkspaceError when it exists and cannot be read.
    """
    file = resolved_path(exercise)
    try:
        if file.exists() and not file.is_file():
            raise WorkspaceError(f"{display_path(exercise)} is no ordinary file. Move it away.")
        with file.open("rb") as opened:
            data = opened.read(SOURCE_LIMIT + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise WorkspaceError(
            f"{display_path(exercise)} cannot be read: {error.strerror}. See who may read it."
        ) from error
    if len(data) > SOURCE_LIMIT:
        raise WorkspaceError(
            f"{display_path(exercise)} is larger than {SOURCE_LIMIT:,} bytes:"
            " that is no source code. Bring the original back; yours is kept."
        )
    return data


def resolved_path(exercise: Exercise) -> Path:
    """Return the path of the learner's file; raises WorkspaceError for a link out of its place."""
    own = exercise.root.resolve() / exercise.file.relative_to(exercise.root)
    try:
        same = exercise.file.resolve() == own
    except (OSError, RuntimeError):  # a link to itself
        same = False
    if not same:
        raise WorkspaceError(
            f"{display_path(exercise)} is a link to another place. Put the file itself there:"
            " this course reads and writes no other."
        )
    return own


def detect_style(data: bytes) -> Style:
    """Return the style of a file: the line end of most lines, and whether it has a BOM."""
    windows = data.count(b"\r\n")
    newline = "\r\n" if windows * 2 > data.count(b"\n") else "\n"
    return Style(newline, data.startswith(BOM.encode()))


def digest(content: bytes | None) -> str | None:
    """Return the SHA-256 of a content in hex; None for no content."""
    return None if content is None else hashlib.sha256(content).hexdigest()


def read_content(file: Path) -> bytes | None:
    """Return the first `SOURCE_LIMIT` + 1 bytes of a file; None when it cannot be read."""
    with contextlib.suppress(OSError):
        if file.is_file():
            with file.open("rb") as opened:
                return opened.read(SOURCE_LIMIT + 1)
    return None


def file_digest(file: Path) -> str | None:
    """Return the SHA-256 of a file's content in hex; None when it cannot be read."""
    return digest(read_content(file))


def missing_sentence(exercise: Exercise) -> str:
    """Return the sentence for a file that does not exist."""
    return (
        f"{display_path(exercise)} is not there.{misplaced.misnamed(exercise)}"
        " Bring the original back, or save what you have here."
    )


def display_path(exercise: Exercise) -> str:
    """Return the path of the learner's file, relative to the course, for messages."""
    return exercise.file.relative_to(exercise.root).as_posix()
