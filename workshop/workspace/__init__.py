"""The learner's files, the progress, the watcher and the session that runs a course.

The command line and the live page share these functions, and so their rules.
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
