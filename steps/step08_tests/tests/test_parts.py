"""Parts that need no server: given this, they return that."""

import pytest
from aiohttp import web
from click.testing import CliRunner

from ..accounts import safe_next
from ..adduser import main as adduser
from ..config import Config
from ..limiter import SECONDS, TRIES, Limiter
from ..passwords import NOBODY, hash_password, verify_password
from ..streaming import safe_name
from ..templating import paragraphs


@pytest.mark.parametrize(
    ("wanted", "safe"),
    [
        ("/1/edit", "/1/edit"),
        ("/?offset=10", "/?offset=10"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("", "/"),
    ],
)
def test_safe_next(wanted: str, safe: str) -> None:
    """After the login one goes on within the blog, and nowhere else."""
    assert safe_next({"next": wanted}) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [("talk.pdf", "talk.pdf"), ("../x", "x"), ("C:\\x", "x"), ("..", "file"), ("a b", "a_b")],
)
def test_safe_name(name: str, safe: str) -> None:
    """The name of a file leads nowhere."""
    assert safe_name(name) == safe


def test_paragraphs() -> None:
    """Blank lines part paragraphs; all else stays text."""
    assert paragraphs("a\r\n\r\n<b>") == "<p>a</p>\n<p>&lt;b&gt;</p>"


def test_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the right one fits, and the same one never looks the same twice."""
    monkeypatch.setattr("steps.step08_tests.passwords.N", 2)
    kept = hash_password("it weaves")
    assert verify_password("it weaves", kept)
    assert not verify_password("it weaved", kept)
    assert kept != hash_password("it weaves")
    assert not verify_password("", NOBODY)


def test_limiter() -> None:
    """Time is an argument, so no test has to wait for it."""
    now = 0.0
    limiter = Limiter(clock=lambda: now)
    for _ in range(TRIES):
        limiter.count("203.0.113.7", "Ada")
    with pytest.raises(web.HTTPTooManyRequests):
        limiter.count("203.0.113.7", "Ada")
    now = SECONDS + 1
    limiter.count("203.0.113.7", "Ada")


@pytest.mark.parametrize(("password", "code"), [("it weaves flowers", 0), ("short", 2)])
def test_adduser(monkeypatch: pytest.MonkeyPatch, config: Config, password: str, code: int) -> None:
    """The command makes an account, or says why it does not."""
    monkeypatch.setenv("WORKSHOP_DATA", str(config.data))
    result = CliRunner().invoke(adduser, ["Ada", "--password", password])
    assert result.exit_code == code
    assert (config.data / "blog.db").exists() == (code == 0)
