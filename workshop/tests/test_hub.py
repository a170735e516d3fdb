"""JupyterHub with two users: each has a kernel, and the apps of the steps below an own address.

`nox -s jupyter` installs JupyterHub and runs these tests; without it they are skipped.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import json
import os
import secrets
import shutil
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import aiohttp
import psutil
import pytest

from workshop.apps import ports
from workshop.course import ROOT, copy_to

PROXY = "configurable-http-proxy"
SECONDS = 90
"""The timeout of each operation on a busy machine."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("jupyterhub") is None,
        reason="no JupyterHub in this environment: nox -s jupyter has it",
    ),
    pytest.mark.skipif(
        shutil.which(PROXY) is None,
        reason=f"{PROXY} is not there, and npm could not be asked for it",
    ),
]

SOCKETS_STEP = '''"""Says back what it hears."""

from aiohttp import WSMsgType, web


async def hear(request: web.Request) -> web.WebSocketResponse:
    """Answer each text with itself."""
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    async for message in socket:
        if message.type is WSMsgType.TEXT:
            await socket.send_str(message.data)
    return socket


def create_app() -> web.Application:
    """Make the application."""
    app = web.Application()
    app.add_routes([web.get("/ws", hear)])
    return app
'''


@dataclass(frozen=True)
class Hub:
    """A running JupyterHub."""

    address: str
    password: str
    process: int

    @contextlib.asynccontextmanager
    async def login(self, name: str) -> AsyncIterator[User]:
        """Log in with the form, and wait for the user's server."""
        jar = aiohttp.CookieJar(unsafe=True)  # cookies of 127.0.0.1 as well
        async with aiohttp.ClientSession(self.address, cookie_jar=jar) as session:
            user = User(name, session)
            form = {"username": name, "password": self.password}
            await session.get("/hub/login")
            async with session.post("/hub/login", data=form | {"_xsrf": user.token()}) as answer:
                assert answer.ok, await answer.text()
            await user.started()
            yield user


@dataclass(frozen=True)
class User:
    """A user who is logged in."""

    name: str
    session: aiohttp.ClientSession

    def token(self) -> str:
        """Return the newest XSRF token."""
        return [c.value for c in self.session.cookie_jar if c.key == "_xsrf"][-1]

    def path(self, rest: str) -> str:
        """Return a path below the address of the user's server."""
        return f"/user/{self.name}/{rest}"

    async def started(self) -> None:
        """Wait until the hub redirects to JupyterLab."""
        async with asyncio.timeout(SECONDS):
            while True:
                async with self.session.get("/hub/spawn") as answer:
                    if answer.status == 200 and "/lab" in answer.url.path:
                        return
                await asyncio.sleep(0.2)

    async def get(self, rest: str) -> tuple[int, str]:
        """Return the status and text of a path."""
        async with self.session.get(self.path(rest)) as answer:
            return answer.status, await answer.text()

    async def run(self, notebook: str) -> list[str]:
        """Run all cells of a notebook in a kernel; return their output."""
        _, text = await self.get(f"api/contents/notebooks/{notebook}")
        cells = [c for c in json.loads(text)["content"]["cells"] if c["cell_type"] == "code"]
        wanted = {"name": "python3", "path": f"notebooks/{notebook}"}
        headers = {"X-XSRFToken": self.token()}
        address = self.path("api/kernels")
        async with self.session.post(address, json=wanted, headers=headers) as answer:
            assert answer.status == 201, await answer.text()
            kernel = (await answer.json())["id"]
        channels = self.path(f"api/kernels/{kernel}/channels")
        async with self.session.ws_connect(channels) as wire, asyncio.timeout(SECONDS):
            return [part for c in cells for part in await _execute(wire, c["source"])]


async def _execute(wire: aiohttp.ClientWebSocketResponse, code: str) -> list[str]:
    """Run one cell; return its output."""
    number = uuid.uuid4().hex
    header = {"msg_id": number, "msg_type": "execute_request", "username": "", "session": number}
    content = {"code": code, "silent": False, "store_history": False, "allow_stdin": False}
    request = {"header": header | {"version": "5.3"}, "parent_header": {}, "metadata": {}}
    await wire.send_json(request | {"content": content, "channel": "shell"})
    printed = []
    async for message in wire:
        said = json.loads(message.data)
        if said["parent_header"].get("msg_id") != number:
            continue
        if said["msg_type"] == "stream":
            printed.append(said["content"]["text"])
        assert said["msg_type"] != "error", said["content"]
        if said["msg_type"] == "status" and said["content"]["execution_state"] == "idle":
            break
    return printed


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """A hub that serves a copy of the course with an additional step that has a websocket."""
    place = tmp_path_factory.mktemp("hub")
    root = place / "a course"
    copy_to(root)
    (root / "steps" / "step99_echo").mkdir()
    (root / "steps" / "step99_echo" / "app.py").write_text(SOCKETS_STEP)
    port, password = ports.free_port(), secrets.token_urlsafe(9)
    said = place / "said.txt"
    environment = {
        **os.environ,
        "PORT": str(port),
        "WORKSHOP_HUB": str(place / "users"),
        "WORKSHOP_HUB_PASSWORD": password,
    }
    with said.open("w") as file:
        words = [sys.executable, "-m", "jupyterhub", "--config", "hub/jupyterhub_config.py"]
        running = subprocess.Popen(words, cwd=root, env=environment, stdout=file, stderr=file)
        try:
            found = Hub(f"http://127.0.0.1:{port}", password, running.pid)
            asyncio.run(_answers(found.address, running))
            yield found
        finally:
            running.terminate()  # it stops the proxy and everybody's server
            running.wait(SECONDS)
            print(said.read_text()[-20_000:])


async def _answers(address: str, running: subprocess.Popen[bytes]) -> None:
    """Wait until the hub responds."""
    async with asyncio.timeout(SECONDS), aiohttp.ClientSession(address) as session:
        while running.poll() is None:
            with contextlib.suppress(aiohttp.ClientError):
                async with session.get("/hub/health") as answer:
                    if answer.ok:
                        return
            await asyncio.sleep(0.1)
    raise AssertionError("the hub ended")


async def test_a_user_runs_the_notebooks(hub: Hub) -> None:
    """Every notebook runs without an error in the kernel of a user."""
    names = [path.stem for path in sorted((ROOT / "docs" / "notebooks").glob("*.md"))]
    async with hub.login("ada") as ada:
        for name in set(names) - {"index"}:
            assert await ada.run(f"{name}.ipynb"), name


async def test_a_step_is_there_under_the_users_address(hub: Hub) -> None:
    """The links, the form and the redirect of a step stay below the user's address."""
    async with hub.login("ada") as ada:
        status, page = await ada.get("step04/")
        assert status == 200
        assert "Notes on the Analytical Engine" in page
        assert f'href="{ada.path("step04/new")}"' in page
        assert 'href="/static' not in page
        fields = {"title": "From a hub", "text": "Hello.", "owner": "Ada"}
        async with ada.session.post(ada.path("step04/new"), data=fields) as answer:
            assert (answer.status, answer.url.path) == (200, ada.path("step04/3"))
            assert "From a hub" in await answer.text()


async def test_a_websocket_goes_through(hub: Hub) -> None:
    """A websocket of a step sends and receives text through the hub's proxies."""
    async with hub.login("ada") as ada:
        assert (await ada.get("step99/nothing"))[0] == 404  # it is started by the first request
        async with ada.session.ws_connect(ada.path("step99/ws")) as wire:
            await wire.send_str("Hello, Grace!")
            assert await wire.receive_str(timeout=10) == "Hello, Grace!"


async def test_nobody_gets_at_anothers_app(hub: Hub) -> None:
    """A user cannot reach the address of another user, and no app listens on a port."""
    async with hub.login("ada") as ada, hub.login("grace") as grace:
        assert (await ada.get("step03/api/posts"))[0] == 200
        async with grace.session.get(ada.path("step03/api/posts")) as answer:
            assert answer.status == 403
    everybody = psutil.Process(hub.process).children(recursive=True)
    apps = [p for p in everybody if "workshop.apps.mounted" in p.cmdline()]
    assert apps
    assert [app.net_connections("tcp") for app in apps] == [[]] * len(apps)
