"""{show}: code of the page's own step, by name."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.directives.code import LiteralInclude, container_wrapper
from sphinx.util.typing import OptionSpec

from workshop.course import CourseError
from workshop.site import references
from workshop.site.directive import CourseDirective, shown
from workshop.site.source import Lines, find_object, find_region, objects

LANGUAGES = {".py": "python", ".html": "html+jinja", ".css": "css", ".js": "javascript",
             ".toml": "toml", ".yaml": "yaml", ".json": "json", ".sql": "sql"}  # fmt: skip


class Show(CourseDirective, LiteralInclude):
    """A file of the step, or parts of it."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {
        "object": directives.unchanged_required,
        "region": directives.unchanged_required,
    }

    def build(self) -> list[nodes.Node]:
        """Return one block: the file's name and the parts that were asked for, in that order."""
        file = self._file()
        self.arguments = [Path(os.path.relpath(file, self._folder)).as_posix()]
        names = [name.strip() for name in self.options.pop("object", "").split(",") if name.strip()]
        region = self.options.pop("region", None)
        source = file.read_text(encoding="utf-8")
        where = shown(file, self.root)
        parts = [find_object(source, name, where) for name in names]
        parts += [find_region(source, region, where)] if region else []
        block = self._included(file, parts)
        wrapper = container_wrapper(self, block, f"`{where}`")
        inside = [
            name
            for name, (first, last) in objects(source, where).items()
            if not parts or any(start <= first and last <= end for start, end in parts)
        ]
        references.note(self, wrapper, where, inside)
        return [wrapper]

    @property
    def _folder(self) -> Path:
        return Path(self.env.doc2path(self.env.docname)).parent

    def _file(self) -> Path:
        """Return the file in the step's folder, or in the page's own."""
        name = self.arguments[0]
        for folder in (self.step.path, self._folder):
            if (folder / name).is_file():
                self.depend(folder / name)
                return folder / name
        known = ", ".join(path.as_posix() for path in self.step.files)
        raise CourseError(
            f"There is no file {name} in steps/{self.step.folder}. There is: {known}."
        )

    def _included(self, file: Path, parts: list[Lines]) -> nodes.literal_block:
        """Let Sphinx include each part, and join them as they would stand in a file."""
        self.options["language"] = LANGUAGES.get(file.suffix, "text")
        texts: list[str] = []
        block = nodes.literal_block()
        indented = False
        for lines in [f"{first}-{last}" for first, last in parts] or [""]:
            self.options["lines"] = lines
            (included,) = LiteralInclude.run(self)
            if not isinstance(included, nodes.literal_block):
                raise CourseError(included.astext())
            block = included
            texts.append(textwrap.dedent(block.astext()).strip("\n"))
            indented = indented or block.astext()[:1] == " "
        text = ("\n\n" if indented else "\n\n\n").join(texts) + "\n"
        block.clear()
        block.append(nodes.Text(text))
        block.rawsource = text
        return block


def setup(app: Sphinx) -> None:
    """Add {show}."""
    app.add_directive("show", Show)
