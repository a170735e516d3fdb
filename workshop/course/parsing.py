"""Source → tree, undisturbed."""

from __future__ import annotations

import ast
import gc


def parse(source: str | bytes, name: str = "<unknown>") -> ast.Module:
    """Return the tree of a source; raises SyntaxError and ValueError as `ast.parse` does.

    The garbage collector waits meanwhile. On Python 3.11 a tree cannot be made while another one
    is, and a finalizer may do that: the warning that a coroutine was never awaited looks at source.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        return ast.parse(source, name)
    finally:
        if collects:
            gc.enable()
