"""The learner's file: read, saved, brought back; the solution, once it is earned.

The command line and the page keep the same rules, for both ask here.
"""

from workshop.desk.changes import ConflictError, check_seen, reset, restore, save
from workshop.desk.kept import Copy, copies
from workshop.desk.sheet import LIMIT, DeskError, LargeError, Sheet, look, missing

__all__ = [
    "LIMIT",
    "ConflictError",
    "Copy",
    "DeskError",
    "LargeError",
    "Sheet",
    "check_seen",
    "copies",
    "look",
    "missing",
    "reset",
    "restore",
    "save",
]
