"""Jupyter on the course: each step's app has a card in JupyterLab and an address of its own.

Read by every Jupyter server that finds this folder in JUPYTER_CONFIG_PATH: `nox -s lab`,
each user's server in `nox -s hub`, and Binder's.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOCKETS = os.name == "posix"  # elsewhere a port, which other users of the machine can reach


def app(step: Path) -> dict[str, object]:
    """Return how jupyter-server-proxy starts a step's app, and where it shows it."""
    label, topic = step.name[:6], step.name[7:].replace("_", " ")
    words = [sys.executable, "-m", "workshop", "run", label]
    words += ["--prefix", "{base_url}" + label]
    words += ["--socket", "{unix_socket}"] if SOCKETS else ["--port", "{port}"]
    return {
        "command": words,
        "environment": {"PYTHONPATH": str(ROOT)},
        "unix_socket": SOCKETS,
        "absolute_url": True,  # the app gets the whole path, and so its links are right
        "timeout": 30,
        "launcher_entry": {
            "title": f"{step.name[4:6]} {topic}",
            "category": "The workshop",
        },
    }


c = get_config()  # noqa: F821 - Jupyter gives it
c.ServerProxy.servers = {
    path.parent.name[:6]: app(path.parent)
    for path in sorted((ROOT / "steps").glob("step[0-9][0-9]_*/app.py"))
}
