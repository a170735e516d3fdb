"""The learner's file: read, saved, brought back; the solution, once it is earned.

The command line and the page keep the same rules, for both ask here.
"""

from workshop.workspace.archive import Archive, Change, change, pack, take, unpack
from workshop.workspace.document import DeskError, LargeError, Sheet, look, missing
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
    "DeskError",
    "LargeError",
    "Sheet",
    "UnearnedError",
    "change",
    "check_earned",
    "check_seen",
    "copies",
    "look",
    "missing",
    "pack",
    "reset",
    "restore",
    "save",
    "take",
    "unpack",
]
