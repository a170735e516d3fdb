"""The session: a few values for each visitor, in a cookie that nobody else can read or write."""

from pathlib import Path
from secrets import token_hex

from aiohttp import web
from aiohttp_session import Session, get_session
from aiohttp_session.cookie_storage import EncryptedCookieStorage
from cryptography.fernet import Fernet

from .config import Config, usage_error
from .users import LOGIN_SECONDS

GENERATE = "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"


class CookieStorage(EncryptedCookieStorage):
    """Keeps sessions in encrypted cookies."""

    def load_cookie(self, request: web.Request) -> str | None:
        """Return the cookie; one that we cannot have made is none."""
        cookie = super().load_cookie(request)
        return cookie if cookie and cookie.isascii() else None

    async def save_session(
        self, request: web.Request, response: web.StreamResponse, session: Session
    ) -> None:
        """Send the cookie; one that came by https is never to be sent without."""
        await super().save_session(request, response, session)
        response.cookies[self.cookie_name]["secure"] = request.secure


def cookies(config: Config) -> CookieStorage:
    """Make the storage; scripts cannot read its cookie, other sites' forms do not send it."""
    try:
        key = config.key or made_key(config.data)
    except OSError as error:
        usage_error(f"{config.data} cannot be used: {error}. Set WORKSHOP_DATA.")
    if not is_key(key):
        usage_error(f"WORKSHOP_KEY is no key. Make one: python -c '{GENERATE}'")
    return CookieStorage(
        Fernet(key), cookie_name="blog", max_age=LOGIN_SECONDS, httponly=True, samesite="Lax"
    )


def is_key(text: str) -> bool:
    """Tell whether sessions can be encrypted with this."""
    try:
        Fernet(text)
    except ValueError:
        return False
    return True


def made_key(folder: Path) -> str:
    """Return the key of this folder, made on the first run; a real site has WORKSHOP_KEY."""
    path = folder / "session.key"
    if not path.exists() or not is_key(path.read_text(errors="replace")):  # a crash cut it off
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f".{token_hex(8)}"
        unfinished.touch(mode=0o600)
        unfinished.write_bytes(Fernet.generate_key())
        unfinished.replace(path)
    return path.read_text()


async def flash(request: web.Request, text: str) -> None:
    """Say something on the next page that this visitor sees."""
    session = await get_session(request)
    session["flash"] = [*session.get("flash", []), text]
