"""Sign out everywhere.

What is in a cookie, nobody can take back. Keep the sessions on the server, in `Lockers`:
the cookie `token` holds a random text, and opens what is kept under it.
`POST /sign-out` ends the session of one browser, `POST /sign-out-everywhere` all of one user.
Signing in gives a new token, in place of the one that the browser had.
After each of these, the old token opens nothing. Any other cookie is a stranger's, never a fault.
"""

import asyncio

import pytest

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=5, minutes=15, when="stretch")

STAYS = cause(
    what="What is kept under the old token was left there.",
    do="Take it out in `save_session`: `self._kept.pop(old, None)`, where"
    " `self.load_cookie(request)` is the old one.",
)
STRANGE = ("x", "", '{"session": {"user": "Ada"}}', "None", "a" * 3000, "é", "../token")


class Browser:
    """One browser, with its cookie."""

    def __init__(self, client, codes):
        """Start without a cookie."""
        self.client = client
        self.codes = {user: code for code, user in codes.items()}

    async def send(self, path, **fields):
        """Send a form that must be taken."""
        response = await self.client.post(path, data=fields)
        assert response.status == 200, f"POST {path} must be taken: {response.status}."

    async def sign_in(self, name):
        """Sign in, and return the token."""
        await self.send("/sign-in", code=self.codes[name])
        return self.token

    @property
    def token(self):
        """The value of the cookie."""
        jar = self.client.session.cookie_jar.filter_cookies(self.client.make_url("/"))
        return jar["token"].value if "token" in jar else ""

    async def look(self):
        """Return who is there, and the note."""
        return await read(await self.client.get("/"))

    async def user(self):
        """Return who is there."""
        return (await self.look())["user"]


async def read(response):
    """Return what GET / answers."""
    assert response.status == 200
    return await response.json()


@pytest.fixture
def browse(app, client, exercise, aiohttp_client):
    """Return a function that opens one more browser."""

    async def open_browser():
        return Browser(await aiohttp_client(client.server), app[exercise.CODES])

    return open_browser


@pytest.fixture
def opens(client):
    """Return a function that tells whom a copy of a cookie opens the notebook for."""

    async def user_of(cookie):
        headers = {"Cookie": f"token={cookie}"}
        return (await read(await client.get("/", headers=headers)))["user"]

    return user_of


@pytest.mark.hint(
    "`secrets.token_urlsafe(32)` is a token that nobody guesses; `self._kept` is a dictionary.",
    "In `save_session`: `self._kept[token] = self._get_session_data(session)`, and"
    " `self.save_cookie(response, token)`.",
    "In `load_session`: `Session(token, data=self._kept[token], new=False)`, if it is there.",
)
async def test_tokens(browse):
    """Who signs in gets a random token, another in each browser, and is known by it."""
    one, two = await browse(), await browse()
    tokens = {await one.sign_in("Ada"), await two.sign_in("Ada")}
    assert all(tokens), "Who signs in must get a cookie called token." | cause(
        what="The session is kept, and the browser does not get its token.",
        do="Send it: `self.save_cookie(response, token)` in `save_session`.",
    )
    assert len(tokens) == 2, "Both browsers got the same token." | cause(
        what="The token does not belong to one session.",
        do="Make a random one for each: `secrets.token_urlsafe(32)`.",
    )
    for token in tokens:
        random = cause(
            what="Whoever knows how tokens are made can make one.",
            do="`secrets.token_urlsafe(32)` is nobody's guess.",
        )
        assert "Ada" not in token, (
            "The cookie says whose it is: that belongs on the server." | random
        )
        assert len(token) >= 16, f"{token} can be guessed: too short." | random
    for browser in one, two:
        assert await browser.user() == "Ada", (
            "Ada's browser sent its token, and is a stranger."
            | cause(
                what="What is kept under the token was not found, or not looked for.",
                do="In `load_session`, look under `self.load_cookie(request)` in `self._kept`, and"
                " return `Session(token, data=…, new=False)`.",
            )
        )


@pytest.mark.hint(
    "A session that is not new stays where it is: `session.new` tells.",
    "Its token is the one of the cookie: `self.load_cookie(request)`.",
    "A new token at each change leaves the old one behind, and the old one still opens.",
)
async def test_notes(browse):
    """A session keeps what is put into it, each its own, under the same token."""
    ada, stranger = await browse(), await browse()
    await ada.sign_in("Ada")
    await stranger.send("/note", note="A moth")
    token = ada.token
    for note in "Buy paper", "Write to Babbage":
        await ada.send("/note", note=note)
        assert await ada.look() == {"user": "Ada", "note": note}
    assert ada.token == token, "The session has changed, its token must not." | cause(
        what="A session that is not new got a new token, and the old one still opens it.",
        do="Load it with `new=False`, and make a token only where `session.new` is true.",
    )
    assert await stranger.look() == {"user": None, "note": "A moth"}


@pytest.mark.hint(
    "`self._kept[token]` raises KeyError for a token that you did not give out.",
    "`if token not in self._kept: return await self.new_session()`",
    "A new session gets a token of *your* making; whatever cookie came with it.",
)
async def test_strangers(browse, client, opens):
    """A cookie that you did not give out is a stranger's, without a 500, and stays one."""
    ada = await browse()
    assert await ada.sign_in("Ada")
    for cookie in STRANGE:
        assert await opens(cookie) is None
        headers = {"Cookie": f"token={cookie}"}
        code = {"code": ada.codes["Grace"]}
        response = await client.post("/sign-in", data=code, headers=headers)
        assert response.status == 200
        client.session.cookie_jar.clear()
        assert await opens(cookie) is None, f"Whoever sends {cookie[:30]!r} is Grace now." | cause(
            what="A new session got the token that came with the request.",
            do="Make one: `secrets.token_urlsafe(32)`, where `session.new` is true.",
        )
    assert await ada.user() == "Ada"


@pytest.mark.hint(
    "`session.invalidate()` empties a session; then `save_session` is called.",
    "`if session.empty:` take its token out of `self._kept`, and `self.save_cookie(response, '')`.",
)
async def test_sign_out(browse, opens):
    """Who signs out is out in this browser, with every cookie it had, and in no other."""
    one, two = await browse(), await browse()
    tokens = [await one.sign_in("Ada"), await two.sign_in("Ada")]
    await one.send("/note", note="Buy paper")
    tokens.insert(1, one.token)
    for token in tokens:
        assert await opens(token) == "Ada"
    await one.send("/sign-out")
    assert await one.look() == {"user": None, "note": None}
    for token in tokens[:2]:
        assert await opens(token) is None, "A copy of this browser's cookie still opens." | STAYS
    assert await opens(tokens[2]) == "Ada", "The other browser is signed out as well." | cause(
        what="More than one session was ended.",
        do="Take out one token: the one that this browser sent.",
    )


@pytest.mark.hint(
    "`sign_in` asks for a new session, and `save_session` gets one that is new.",
    "The browser's old token is still in the request: `self.load_cookie(request)`.",
    "`if session.new: self._kept.pop(old, None)`",
)
async def test_sign_in_again(browse, opens):
    """Signing in gives a new token, and the one that the browser had before opens nothing."""
    browser = await browse()
    await browser.send("/note", note="A moth")
    tokens = [browser.token, await browser.sign_in("Ada"), await browser.sign_in("Ada")]
    assert all(tokens), "Who has a note, or signs in, must get a cookie called token."
    assert len(set(tokens)) == 3, "Signing in must give a new token."
    for token in tokens[:-1]:
        assert await opens(token) is None, "A copy of the token of before still opens." | STAYS
    assert await browser.look() == {"user": "Ada", "note": None}


@pytest.mark.hint(
    "`forget` goes over what is kept. The user's name is in `data['session'].get('user')`.",
    "What is taken out of a dictionary while you go over it is a RuntimeError: go over a copy.",
    "In the handler: `request.app[LOCKERS].forget(session['user'])`.",
)
async def test_everywhere(browse, opens):
    """One click ends all sessions of Ada; Grace and a stranger keep theirs."""
    browsers = [await browse() for _ in range(4)]
    names = "Ada", "Ada", "Grace", "Ada"
    tokens = [await b.sign_in(name) for b, name in zip(browsers, names, strict=True)]
    stranger = await browse()
    await stranger.send("/note", note="A moth")
    assert await browsers[1].user() == "Ada"
    await browsers[1].send("/sign-out-everywhere")
    for number, (name, token) in enumerate(zip(names, tokens, strict=True), 1):
        wanted = name if name == "Grace" else None
        assert await opens(token) == wanted, (
            f"This is {name}'s token, of browser {number}."
            | cause(
                when=wanted is not None,
                what="The session of another user was ended.",
                do="End those whose `data['session'].get('user')` is this user, and no others.",
            )
            | cause(
                what="A session of this user goes on.",
                do="End every one whose `data['session'].get('user')` is this user, that of the"
                " click too: go over a copy of `self._kept`.",
            )
        )
    assert await stranger.look() == {"user": None, "note": "A moth"}
    await browsers[0].sign_in("Ada")
    assert await browsers[0].user() == "Ada", "Ada must be able to sign in again." | cause(
        what="The user was shut out, not just her sessions ended.",
        do="Forget what is kept, and keep no list of users.",
    )


@pytest.mark.hint(
    "Another request may have ended the session between `load_session` and `save_session`.",
    "In `save_session`: one that is not new, and is kept no more, was ended. Do not keep it.",
)
async def test_in_between(browse, opens):
    """A request that began before the click does not bring its session back."""
    phone, laptop = await browse(), await browse()
    token = await phone.sign_in("Ada")
    await laptop.sign_in("Ada")
    assert await opens(token) == "Ada"
    began, ended = asyncio.Event(), asyncio.Event()

    async def slowly():
        began.set()
        yield b"note="
        await ended.wait()
        yield b"Paper"

    form = {"Content-Type": "application/x-www-form-urlencoded"}
    sending = phone.client.post("/note", data=slowly(), headers=form, expect100=True)
    slow = asyncio.create_task(sending)
    try:
        async with asyncio.timeout(2):
            await began.wait()
            await laptop.send("/sign-out-everywhere")
    finally:
        ended.set()
        await asyncio.wait([slow], timeout=2)
    response = slow.result()
    assert response.status < 500
    assert await opens(token) is None, (
        "The phone's session is back: it was saved after its end."
        | cause(
            what="A session was kept that had been ended while its request was at work.",
            do="In `save_session`, keep none that is not new and no longer in `self._kept`.",
        )
    )
    assert await phone.user() is None
