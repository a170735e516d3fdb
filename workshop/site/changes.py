"""{changes}: what a step changed since the one before, as a diff of every file."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from workshop.course import Step
from workshop.site.page import CourseDirective
from workshop.site.tags import Tag, folded, literal, tag


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file that is not what it was."""

    path: str
    kind: str
    """"new", "changed" or "gone"."""
    lines: tuple[str, ...]
    """The unified diff; empty for a file that is no text."""

    @property
    def added(self) -> int:
        """Lines that came."""
        return sum(line.startswith("+") for line in self.lines[2:])

    @property
    def removed(self) -> int:
        """Lines that went."""
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
    counts = []
    for kind in ("new", "changed", "gone"):
        count = sum(change.kind == kind for change in changes)
        if count:
            noun = " file" if not counts else ""
            counts.append(f"{count} {kind}{noun}{'s' if noun and count > 1 else ''}")
    added, removed = (sum(getattr(c, side) for c in changes) for side in ("added", "removed"))
    return f"{', '.join(counts)}: +{added} −{removed} lines"


class Changes(CourseDirective):
    """What is new in this step."""

    def build(self) -> list[nodes.Node]:
        """Return a folded block with a diff a file, or a sentence where there is nothing to compare."""
        step = self.step
        before = self.course.before(step)
        self.depend_on_folder(step.path)
        self.depend_on_folder(self.root / "steps", "app.py")  # a step between may come
        if before is None:
            return [nodes.paragraph("", "This is the first step: every line is new.")]
        self.depend_on_folder(before.path)
        found = compare(before, step)
        if not found:
            return [nodes.paragraph("", f"Nothing changed since {before.label}.")]
        head = f"What changed since {before.label}: {summary(found)}"
        return [folded(head, *(_block(change) for change in found), classes="changes")]


def _block(change: FileChange) -> Tag:
    title = tag(
        "p",
        tag("code", change.path),
        f" {change.kind}, +{change.added} −{change.removed}",
        classes="change-title",
    )
    if not change.lines:
        return tag("div", title, nodes.paragraph("", "Not a text file."))
    return tag("div", title, literal("\n".join(change.lines), "diff"))


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _diff(
    before: Step, now: Step, path: Path, old: bytes | None, new: bytes | None
) -> tuple[str, ...]:
    try:
        texts = [(data or b"").decode("utf-8").splitlines() for data in (old, new)]
    except UnicodeDecodeError:
        return ()
    if b"\0" in (old or b"") + (new or b""):
        return ()
    names = [f"{step.folder}/{path.as_posix()}" for step in (before, now)]
    return tuple(
        unified_diff(*texts, *(n if d is not None else "/dev/null" for n, d in zip(names, (old, new), strict=True)), lineterm="")
    )


def setup(app: Sphinx) -> None:
    """Add {changes}."""
    app.add_directive("changes", Changes)
