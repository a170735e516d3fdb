"""Settings of JupyterHub on one machine: ada and grace each have a copy of the course.

`nox -s hub` starts it. It is for experiments and for a group whose members trust each other:
all servers run as the system user who starts the hub. docs/hub.md describes a hub for production.
"""

import asyncio
import os
import secrets
import shutil
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from workshop.course import copy_to  # noqa: E402 - the course is not installed as a package
from workshop.site.notebook_files import write_notebooks  # noqa: E402

PLACE = Path(os.environ.get("WORKSHOP_HUB") or ROOT / ".workshop" / "hub")
USERS = {"ada", "grace"}
HERE = "127.0.0.1"


def free_port() -> int:
    """Return a free port."""
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return int(probe.getsockname()[1])


def make_course(course: Path) -> None:
    """Copy the course with the stubs of all exercises, and create the notebooks for Jupyter."""
    half = course.with_name("half")
    shutil.rmtree(half, ignore_errors=True)
    copy_to(half)
    write_notebooks(half, half / "notebooks")
    half.rename(course)


async def give_course(spawner) -> None:
    """Copy the course for a user at the first start of the server."""
    course = PLACE / spawner.user.name / "course"
    if not course.exists():
        await asyncio.to_thread(make_course, course)


PLACE.mkdir(parents=True, exist_ok=True)
port = int(os.environ.get("PORT", "8888"))
password = os.environ.get("WORKSHOP_HUB_PASSWORD") or secrets.token_urlsafe(9)
tools = f"{os.environ['PATH']}{os.pathsep}{ROOT / '.workshop' / 'hub' / 'node_modules' / '.bin'}"
proxy = shutil.which("configurable-http-proxy", path=tools)
if proxy is None:
    sys.exit("A hub needs configurable-http-proxy: npm install -g configurable-http-proxy")

c = get_config()  # noqa: F821 - defined by JupyterHub

c.JupyterHub.bind_url = f"http://{HERE}:{port}"
c.JupyterHub.hub_bind_url = f"http://{HERE}:{free_port()}"
c.JupyterHub.db_url = f"sqlite:///{PLACE / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(PLACE / "cookie_secret")
c.ConfigurableHTTPProxy.command = [proxy]
c.ConfigurableHTTPProxy.api_url = f"http://{HERE}:{free_port()}"
c.ConfigurableHTTPProxy.pid_file = str(PLACE / "proxy.pid")

c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = password
c.Authenticator.allowed_users = USERS

c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(PLACE / "{username}")
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.ip = HERE
c.Spawner.notebook_dir = str(PLACE / "{username}" / "course")
c.Spawner.default_url = "/lab/tree/notebooks"
c.Spawner.environment = {
    "JUPYTER_CONFIG_PATH": lambda spawner: str(PLACE / spawner.user.name / "course" / "hub"),
}
if os.geteuid() == 0:
    c.Spawner.args = ["--allow-root"]
c.Spawner.pre_spawn_hook = give_course

print(f"Log in at http://{HERE}:{port}/ as ada or grace, password {password}", flush=True)  # noqa: T201
