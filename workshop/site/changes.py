"""{changes}: what a step changed since the one before, as a diff of every file."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from workshop.course import Step
from workshop.site.directive import CourseDirective
from workshop.site.html import Tag, folded, literal, tag


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that differs between two steps."""

    path: str
    kind: str
    """"new", "changed" or "gone"."""
    lines: tuple[str, ...]
    """The unified diff; empty for a file that is no text."""

    @property
    def added(self) -> int:
        """The number of added lines."""
        return sum(line.startswith("+") for line in self.lines[2:])

    @property
    def removed(self) -> int:
        """The number of removed lines."""
        return sum(line.startswith("-") for line in self.lines[2:])


def compare(before: Step, now: Step) -> list[FileChange]:
    """Return the files that differ between two steps, sorted by their paths."""
    found = []
    for path in sorted({*before.files, *now.files}):
        old, new = _bytes(before.path / path), _bytes(now.path / path)
        if old != new:
            kind = "new" if old is None else "gone" if new is None else "changed"
            found.append(FileChange(path.as_posix(), kind, _diff(before, now, path, old, new)))
    return found


def summary(changes: list[FileChange]) -> str:
    """Return a line such as "2 new files, 1 changed: +80 −6 lines"."""
    counts: list[str] = []
    for kind in ("new", "changed", "gone"):
        count = sum(change.kind == kind for change in changes)
        if count:
            noun = " file" if not counts else ""
            counts.append(f"{count} {kind}{noun}{'s' if noun and count > 1 else ''}")
    added, removed = (sum(getattr(c, side) for c in changes) for side in ("added", "removed"))
    return f"{', '.join(counts)}: +{added} −{removed} lines"


class ChangesDirective(CourseDirective):
    """{changes}: a folded diff of this step to the step before."""

    def build(self) -> list[nodes.Node]:
        """Return a folded block with a diff of each file, or a sentence where there is none."""
        step = self.step
        before = self.course.before(step)
        self.depend_on_folder(step.path)
        self.depend_on_folder(self.root / "steps", "app.py")  # a new step may be the one before
        if before is None:
            return [nodes.paragraph("", "This is the first step: every line is new.")]
        self.depend_on_folder(before.path)
        found = compare(before, step)
        if not found:
            return [nodes.paragraph("", f"Nothing changed since {before.label}.")]
        head = f"What changed since {before.label}: {summary(found)}"
        return [folded(head, *(_block(change) for change in found), classes="changes")]


def _block(change: FileChange) -> Tag:
    """Return a file's diff; a new file is folded, the page shows its parts."""
    removed = f" −{change.removed}" if change.removed else ""
    counts = f" {change.kind}, +{change.added}{removed}"
    summary = tag("summary", tag("code", change.path), counts)
    text = "\n".join(change.lines)
    inner = literal(text, "diff") if text else nodes.paragraph("", "Not a text file.")
    unfolded = {"open": "open"} if change.kind == "changed" else {}
    return tag("details", summary, inner, classes="file", **unfolded)


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _diff(
    before: Step, now: Step, path: Path, old: bytes | None, new: bytes | None
) -> tuple[str, ...]:
    if b"\0" in (old or b"") + (new or b""):
        return ()
    try:
        left, right = ((data or b"").decode("utf-8").splitlines() for data in (old, new))
    except UnicodeDecodeError:
        return ()
    was = "/dev/null" if old is None else f"{before.folder}/{path.as_posix()}"
    is_ = "/dev/null" if new is None else f"{now.folder}/{path.as_posix()}"
    return tuple(unified_diff(left, right, was, is_, lineterm=""))


def setup(app: Sphinx) -> None:
    """Add {changes}."""
    app.add_directive("changes", ChangesDirective)
