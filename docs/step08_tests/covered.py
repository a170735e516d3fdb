"""Which lines of the limiter the tests of the parts run: two commands, their data put aside."""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

COMMANDS = (
    "coverage run -m pytest -q steps/step08_tests/tests/test_parts.py",
    'coverage report -m --include="*/limiter.py"',
)


def main() -> None:
    """Run the commands one after the other, and show each of them."""
    with TemporaryDirectory() as folder:
        for command in COMMANDS:
            click.echo(f"python -m {command}")
            env = {**os.environ, "COVERAGE_FILE": str(Path(folder) / "coverage")}
            words = [sys.executable, "-m", *shlex.split(command)]
            subprocess.run(words, env=env, check=True)  # noqa: S603 - our own two commands


if __name__ == "__main__":
    main()
