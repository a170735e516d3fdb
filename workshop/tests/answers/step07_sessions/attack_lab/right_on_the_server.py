"""The sessions stay on the server; the forged cookie is made by string work."""


def forged_cookie(name: str) -> str:
    """Return the value of a cookie by which the naive blog takes anybody for this user."""
    return '{"session": {"user": "' + name + '"}}'


async def test_forged_cookie(client: TestClient[Any, Any]) -> None:
    """Your attack, as a test: whoever made their own cookie is a stranger."""
    response = await client.get("/", cookies={"lab": forged_cookie("Ada")})
    page = await response.text()
    assert "Log in" in page, "The blog believes a cookie that it has not made."


class Kept(aiohttp_session.AbstractStorage):
    """The cookie holds a token."""

    async def load_session(self, request: web.Request) -> aiohttp_session.Session:
        """Return what is kept."""
        token = self.load_cookie(request)
        if token not in KEPT:
            return await self.new_session()
        return aiohttp_session.Session(token, data=KEPT[token], new=False)

    async def save_session(
        self,
        request: web.Request,
        response: web.StreamResponse,
        session: aiohttp_session.Session,
    ) -> None:
        """Keep it."""
        token = session.identity or secrets.token_hex(16)
        KEPT[token] = self._get_session_data(session)
        self.save_cookie(response, token)


KEPT: dict[str, aiohttp_session.SessionData] = {}


def storage() -> aiohttp_session.AbstractStorage:
    """Say where the sessions are kept."""
    return Kept(cookie_name="lab")
