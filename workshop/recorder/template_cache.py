"""A bytecode cache for Jinja templates in memory, shared by the checks of one process."""

from __future__ import annotations

import aiohttp_jinja2
from aiohttp import web
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

COMPILE_SETTINGS = (
    *("block_start_string", "block_end_string", "variable_start_string", "variable_end_string"),
    *("comment_start_string", "comment_end_string", "line_statement_prefix"),
    *("line_comment_prefix", "trim_blocks", "lstrip_blocks", "newline_sequence"),
    *("keep_trailing_newline", "optimized", "sandboxed", "is_async"),
    "autoescape",
)
"""Settings of an environment that change the compiled template."""


class TemplateBytecodeCache(BytecodeCache):
    """The compiled templates of files, in memory; templates in a module are not cached.

    Jinja's own key is the name of a template and a checksum of its source. This cache's key also
    has the settings of the environment: autoescape, for example, changes the compiled template.
    """

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """Return the bucket of a template in this environment, filled if it is cached."""
        settings = {setting: getattr(environment, setting) for setting in COMPILE_SETTINGS}
        names = [sorted(environment.filters), sorted(environment.tests)]
        extensions = sorted(environment.extensions)
        key = repr((name, filename, source, settings, names, extensions))
        if filename is None or callable(environment.autoescape) or environment.finalize:
            key = ""
        bucket = Bucket(environment, key, "")
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket from the cache."""
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Cache the bytecode of a bucket that has a key."""
        if bucket.key:
            self._known[bucket.key] = bucket.bytecode_to_string()


COMPILED = TemplateBytecodeCache()


def share_compiled_templates(app: web.Application) -> None:
    """Give an application with Jinja templates the shared cache."""
    environment = app.get(aiohttp_jinja2.APP_KEY)
    if isinstance(environment, Environment) and environment.bytecode_cache is None:
        environment.bytecode_cache = COMPILED
