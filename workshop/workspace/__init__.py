"""The learner's file: read, saved, brought back; the solution, once it is earned.

The command line and the page keep the same rules, for both ask here.
"""

from workshop.workspace.archive import Archive, pack, unpack
from workshop.workspace.document import DeskError, LargeError, Sheet, look, missing
from workshop.workspace.edits import ConflictError, check_seen, reset, restore, save
from workshop.workspace.kept import Copy, copies
from workshop.workspace.solution import UnearnedError, check_earned
from workshop.workspace.taking import Change, change, take

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
