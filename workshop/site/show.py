"""{show} and {code-ref}: code of a step, shown and linked by the names of its objects."""

from __future__ import annotations

import ast
import os
import re
import textwrap
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.directives.code import LiteralInclude, container_wrapper
from sphinx.domains import Domain
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import OptionSpec

from workshop.course import CourseError
from workshop.site.directive import CourseDirective, display_path

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
LineRange = tuple[int, int]
"""The numbers of the first and the last line, counted from 1."""


def objects(source: str, where: str) -> dict[str, LineRange]:
    """Return the lines of each function, class, method ("Class.method") and variable of a module.

    A decorator belongs to the lines of its function or class. Other files have no objects.
    Raises CourseError when a module has a syntax error.
    """
    if not where.endswith(".py"):
        return {}
    try:
        module = ast.parse(source, where)
    except SyntaxError as error:
        raise CourseError(f"{where} is no Python: {error}. Mend it, then build again.") from error
    found: dict[str, LineRange] = {}
    for node in module.body:
        found |= _named(node)
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                found |= {f"{node.name}.{name}": lines for name, lines in _named(inner).items()}
    return found


def _named(node: ast.stmt) -> dict[str, LineRange]:
    lines = (node.lineno, node.end_lineno or node.lineno)
    if isinstance(node, DEFINITIONS):
        first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        return {node.name: (first, lines[1])}
    if isinstance(node, ast.Assign):
        return {t.id: lines for target in node.targets for t in ast.walk(target)
                if isinstance(t, ast.Name) and isinstance(t.ctx, ast.Store)}  # fmt: skip
    if isinstance(node, ast.AnnAssign):
        return {ast.unparse(node.target): lines}
    return {}


def find_object(source: str, name: str, where: str) -> LineRange:
    """Return the lines of an object; raises CourseError, with similar names, when there is none."""
    known = objects(source, where)
    if name not in known:
        near = get_close_matches(name, known, n=3, cutoff=0.4) or list(known)
        raise CourseError(f'{where} has no object "{name}". Did you mean: {", ".join(near)}?')
    return known[name]


def find_region(source: str, name: str, where: str) -> LineRange:
    """Return the lines between `# region: name` and `# endregion`; raises CourseError."""
    begin = re.compile(rf"\s*# region: {re.escape(name)}\s*")
    end = re.compile(r"\s*# endregion\b.*")
    lines = source.splitlines()
    first = next((n for n, line in enumerate(lines, 1) if begin.fullmatch(line)), 0)
    last = next((n for n, line in enumerate(lines, 1) if n > first and end.fullmatch(line)), 0)
    if not first or last <= first + 1:
        raise CourseError(
            f'{where} has no region "{name}". '
            f'Put its lines between "# region: {name}" and "# endregion".'
        )
    return first + 1, last - 1


logger = logging.getLogger(__name__)


def register_code(
    directive: SphinxDirective, node: nodes.Element, where: str, names: Iterable[str]
) -> None:
    """Register a block as the target of {code-ref} for a file and objects; the first one counts."""
    document = directive.state.document
    anchor = nodes.make_id("-".join(["code", Path(where).name, *list(names)[:1]]))
    if anchor in document.ids:
        return
    node["ids"].append(anchor)
    document.ids[anchor] = node
    standard = directive.env.domains.standard_domain
    for label in [where, *(f"{where}:{name}" for name in names)]:
        known = standard.anonlabels.get(label)
        if known is None or known[0] != directive.env.docname:
            standard.note_hyperlink_target(label, directive.env.docname, anchor)


class CodeRef(SphinxRole):
    """{code-ref}`steps/step01_hello/app.py:create_app`: a link to the block that shows it."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a link with the object's name; an error where the file has no such object."""
        where, _, name = self.text.partition(":")
        try:
            self._check(where, name)
        except CourseError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        label = self.text if name else where
        link = reference(self.env.docname, label, nodes.inline("", name or Path(where).name))
        self.set_source_info(link)
        return [nodes.inline("", "", link, classes=["code-ref"])], []

    def _check(self, where: str, name: str) -> None:
        file = Path(self.env.srcdir).parent / where
        self.env.note_dependency(file)
        if not file.is_file():
            raise CourseError(
                f"{{code-ref}}: there is no file {where}. Write steps/stepNN_name/app.py:object."
            )
        if name:
            find_object(file.read_text(encoding="utf-8"), name, where)


def reference(page: str, target: str, text: nodes.Node, kind: str = "ref") -> addnodes.pending_xref:
    """Return a link from a page to a label such as "step01/greet" or, kind "doc", to a page."""
    link = addnodes.pending_xref(
        "", refdomain="std", reftype=kind, reftarget=target, refexplicit=True,
        refwarn=True, refdoc=page,
    )  # fmt: skip
    link += text
    return link


def _warn(app: Sphinx, domain: Domain | None, node: addnodes.pending_xref) -> bool | None:
    target = str(node.get("reftarget", ""))
    if target.startswith("steps/"):
        where, _, name = target.partition(":")
        logger.warning(
            "no page shows %s. Show it on its step's page: ```{show} %s, :object: %s",
            target, Path(where).name, name, location=node, type="ref", subtype="code",
        )  # fmt: skip
        return True
    return None


LANGUAGES = {".py": "python", ".html": "html+jinja", ".css": "css", ".js": "javascript",
             ".toml": "toml", ".yaml": "yaml", ".json": "json", ".sql": "sql"}  # fmt: skip


class ShowDirective(CourseDirective, LiteralInclude):
    """{show}: a file of the step, or objects and a region of it."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {
        "object": directives.unchanged_required,
        "region": directives.unchanged_required,
    }

    def build(self) -> list[nodes.Node]:
        """Return one block: the file's name and the selected parts, in the order of the options."""
        file = self._file()
        self.arguments = [Path(os.path.relpath(file, self._folder)).as_posix()]
        names = [name.strip() for name in self.options.pop("object", "").split(",") if name.strip()]
        region = self.options.pop("region", None)
        source = file.read_text(encoding="utf-8")
        where = display_path(file, self.root)
        parts = [find_object(source, name, where) for name in names]
        parts += [find_region(source, region, where)] if region else []
        block = self._included(file, parts)
        wrapper = container_wrapper(self, block, f"`{where}`")
        inside = [
            name
            for name, (first, last) in objects(source, where).items()
            if not parts or any(start <= first and last <= end for start, end in parts)
        ]
        register_code(self, wrapper, where, inside)
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

    def _included(self, file: Path, parts: list[LineRange]) -> nodes.literal_block:
        """Include each part by LiteralInclude; return one block with blank lines between them."""
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
    """Add {show} and {code-ref}, and the warning for a {code-ref} without a target."""
    app.add_directive("show", ShowDirective)
    app.add_role("code-ref", CodeRef())
    app.connect("warn-missing-reference", _warn)
