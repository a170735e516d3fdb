"""The learner's file: read, saved, brought back; the solution, once it is earned.

The command line and the page keep the same rules, for both ask here.
"""

from workshop.workspace.archive import Archive, Change, change, pack, take, unpack
from workshop.workspace.document import (
    Document,
    TooLargeError,
    WorkspaceError,
    missing_sentence,
    read_document,
)
from workshop.workspace.edits import (
    ConflictError,
    Copy,
    UnearnedError,
    check_earned,
    check_seen,
    copies,
    reset,
    restore,
    save,
)

__all__ = [
    "Archive",
    "Change",
    "ConflictError",
    "Copy",
    "Document",
    "TooLargeError",
    "UnearnedError",
    "WorkspaceError",
    "change",
    "check_earned",
    "check_seen",
    "copies",
    "missing_sentence",
    "pack",
    "read_document",
    "reset",
    "restore",
    "save",
    "take",
    "unpack",
]
