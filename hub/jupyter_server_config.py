"""Settings of Jupyter: JupyterLab's launcher starts the apps of the steps behind a proxy.

A Jupyter server with this folder in JUPYTER_CONFIG_PATH reads this file: `nox -s lab`,
the servers of the users in `nox -s hub`, and Binder.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOCKETS = os.name == "posix"  # else a port, which other users of the machine can reach


def app(step: Path) -> dict[str, object]:
    """Return the entry of jupyter-server-proxy for the app of a step."""
    label, topic = step.name[:6], step.name[7:].replace("_", " ")
    words = [sys.executable, "-m", "workshop", "run", label]
    words += ["--prefix", "{base_url}" + label]
    words += ["--socket", "{unix_socket}"] if SOCKETS else ["--port", "{port}"]
    return {
        "command": words,
        "environment": {"PYTHONPATH": str(ROOT)},
        "unix_socket": SOCKETS,
        "absolute_url": True,  # the app gets the whole path, so that its links are correct
        "timeout": 30,
        "launcher_entry": {
            "title": f"{step.name[4:6]} {topic}",
            "category": "The workshop",
        },
    }


c = get_config()  # noqa: F821 - defined by Jupyter
c.ServerProxy.servers = {
    path.parent.name[:6]: app(path.parent)
    for path in sorted((ROOT / "steps").glob("step[0-9][0-9]_*/app.py"))
}
