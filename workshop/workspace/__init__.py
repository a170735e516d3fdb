"""The learner's file: read, saved, brought back; the solution, once it is earned.

The command line and the page keep the same rules, for both ask here.
"""

from workshop.workspace.archive import (
    Archive,
    ImportPreview,
    import_archive,
    pack,
    preview_import,
    unpack,
)
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
    "ConflictError",
    "Copy",
    "Document",
    "ImportPreview",
    "TooLargeError",
    "UnearnedError",
    "WorkspaceError",
    "check_earned",
    "check_seen",
    "copies",
    "import_archive",
    "missing_sentence",
    "pack",
    "preview_import",
    "read_document",
    "reset",
    "restore",
    "save",
    "unpack",
]
