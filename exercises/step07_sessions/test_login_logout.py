"""Log in and out.

`POST /login` takes a form with `name` and `password`.
When they fit, a login begins: a token, kept in `LOGINS` with the name, and in the session.
`GET /` then says the name. Whatever is wrong is a 401, in the same words, after the same work.
Hashing is slow on purpose, so it is done in a thread.
`POST /logout` ends this login, here and in every copy of its cookie; other logins go on.
Both lead to `/` with 303, and both begin with an empty session.
"""

import hashlib

import pytest
from aiohttp import FormData

from workshop.advice.causes import cause

pytestmark = pytest.mark.exercise(number=2, minutes=12, when="home")

PASSWORDS = {"Ada": "it weaves flowers", "Grace": "nanoseconds of wire", "None": "None"}
scrypt = hashlib.scrypt


@pytest.fixture(autouse=True)
def hashing(exercise, monkeypatch, slow):
    """Keep other passwords, cheap ones; return the hashing, which counts as slow all the same."""

    def cheap(password, *, salt, n, r, p, **options):
        return scrypt(password, salt=salt, n=min(n, 16), r=r, p=1, **options)

    for name, password in PASSWORDS.items():
        result = scrypt(password.encode(), salt=bytes(16), n=16, r=8, p=1, dklen=32)
        exercise.USERS[name] = f"16$8$1${'00' * 16}${result.hex()}"
    hashing = slow(cheap)
    monkeypatch.setattr(hashlib, "scrypt", hashing)
    return hashing


async def login(client, name, password=None):
    """Log in; return the answer, before the browser goes on."""
    form = {"name": name, "password": PASSWORDS[name] if password is None else password}
    return await client.post("/login", data=form, allow_redirects=False)


def files():
    """Yield the forms that have a file in place of a text, each with a word about it."""
    good = {"name": "Ada", "password": PASSWORDS["Ada"]}
    for field, text in good.items():
        form = FormData({name: other for name, other in good.items() if name != field})
        form.add_field(field, text.encode(), filename="ada.txt")
        yield f"A file in the field {field}", form


async def logged_in(client, name):
    """Log in, which must lead to the front page."""
    response = await login(client, name)
    assert response.status == 303, cause(
        401,
        what="The right password was refused.",
        do="Ask `verify_password(password, USERS.get(name, NOBODY))`: it hashes what was typed,"
        " and compares.",
    ) | cause(
        200,
        what="The answer to the form is a page, so a reload sends the password again.",
        do='Raise `web.HTTPSeeOther("/")`.',
    )
    assert response.headers.get("Location") == "/"


async def logout(client):
    """Log out, which must lead to the front page."""
    response = await client.post("/logout", allow_redirects=False)
    assert response.status == 303
    assert response.headers.get("Location") == "/"


async def seen(client):
    """Return what the front page says: the name, and the number of visits."""
    response = await client.get("/")
    assert response.status == 200
    data = await response.json()
    return data["name"], data["visits"]


def cookies_of(client):
    """Return a copy of the cookies, as a thief would make it."""
    return {cookie.key: cookie.value for cookie in client.session.cookie_jar}


def use(client, cookies):
    """Be the browser that has these cookies, and no others."""
    client.session.cookie_jar.clear()
    client.session.cookie_jar.update_cookies(cookies, client.make_url("/"))


@pytest.mark.hint(
    "Begin in `login`, where `name` is known already: keep a token in the session and in `LOGINS`.",
    '`session["token"] = secrets.token_urlsafe(32)`; `LOGINS` says whose it is.',
    "`request.app[LOGINS][token] = name`",
    '`raise web.HTTPSeeOther("/")` sends the browser on.',
)
async def test_login(client):
    """With the right password you are called by your name, whoever you are."""
    for name in PASSWORDS:
        await logged_in(client, name)
        assert (await seen(client))[0] == name, cause(
            None,
            what="The browser has no token of this login.",
            do='Keep one token in both places: `session["token"] = token` and'
            " `request.app[LOGINS][token] = name`.",
        )


@pytest.mark.hint(
    "So far `authenticate` believes everybody. `verify_password(password, kept)` says whether to.",
    "A field may be missing, and a name may be unknown: neither is a KeyError.",
    "`raise web.HTTPUnauthorized(text=…)`, always with the same text: two tell who has an account.",
    '`str(form.get("name", ""))`, and `USERS.get(name, NOBODY)`: no password fits NOBODY.',
)
async def test_refused(client, exercise):
    """A wrong password, an unknown name, no field or a file in it: the same 401, and no login."""
    forms = [
        {"name": "Ada", "password": "wrong"},
        {"name": "Ada", "password": PASSWORDS["Grace"]},
        {"name": "Ada", "password": exercise.USERS["Ada"]},
        {"name": "Ada", "password": ""},
        {"name": "Alan", "password": PASSWORDS["Ada"]},
        {"name": "", "password": ""},
        {"name": "Ada"},
        {"password": PASSWORDS["Ada"]},
        {"name": "None"},
        {"password": "None"},
    ]
    texts = set()
    for what, form in [*zip(forms, forms, strict=True), *files()]:
        response = await client.post("/login", data=form, allow_redirects=False)
        assert response.status == 401, (
            f"{what} must be refused with 401, not {response.status}."
            | cause(
                when=response.status == 303 and "password" not in form,
                what="A field that is not there became the word None, which is somebody's"
                " password.",
                do='Take `form.get("password", "")`.',
            )
            | cause(
                when=response.status == 303,
                what="The password was not looked at, or not against what is kept for this name.",
                do="Go on only when `verify_password(password, USERS.get(name, NOBODY))` is true.",
            )
            | cause(
                when=response.status == 200,
                what="200 says that all is well.",
                do="Raise `web.HTTPUnauthorized(text=…)`.",
            )
        )
        texts.add(await response.text())
        assert (await seen(client))[0] is None, (
            f"{what} is refused, and logged in all the same."
            | cause(
                what="The login began before the password was looked at.",
                do="Raise the 401 above the line that makes a token.",
            )
        )
    assert len(texts) == 1, f"The answers tell what was wrong: {', '.join(sorted(texts))}" | cause(
        what="Two texts tell a stranger who has an account.",
        do="Raise one and the same `web.HTTPUnauthorized(text=…)`, whatever is wrong.",
    )


@pytest.mark.hint(
    "While the loop hashes, nobody gets an answer: `await asyncio.to_thread(verify_password, …)`.",
    "An unknown name that is answered at once tells that it is unknown.",
    "`verify_password(password, NOBODY)` takes as long as any other, and is False.",
)
async def test_hashing(client, hashing):
    """Passwords are hashed in a thread, for an unknown name as for a known one."""
    for name in "Ada", "Alan":
        before = hashing.calls
        response = await login(client, name, "wrong")
        assert response.status == 401
        did = hashing.calls > before
        assert did, (
            f"Nothing was hashed for {name}: the time tells whether there is an account."
            | cause(
                what="This name was refused without any work.",
                do="Hash for everybody: `USERS.get(name, NOBODY)`; no password fits NOBODY.",
            )
        )
    assert not hashing.trouble, f"The hashing {hashing.trouble}."


@pytest.mark.hint(
    "Somebody may have prepared the session that the browser has now.",
    "`new_session` of aiohttp_session, in place of `get_session`; it wants an `await` as well.",
)
async def test_new_session(client):
    """A login begins with an empty session: the visits are counted anew."""
    await seen(client)
    assert await seen(client) == (None, 2)
    await logged_in(client, "Ada")
    assert await seen(client) == ("Ada", 1), cause(
        ("Ada", 3),
        what="The session of before went on, whoever had prepared it.",
        do="Begin a new one: `session = await new_session(request)`.",
    )


@pytest.mark.hint(
    "`session.invalidate()` empties the session, and the browser forgets the cookie.",
    "Somebody may log out who is not logged in: `LOGINS` has no such token then.",
    '`request.app[LOGINS].pop(session.get("token", ""), None)`',
)
async def test_logout(client):
    """After the logout you are nobody, in an empty session; logging out twice is no fault."""
    await logged_in(client, "Ada")
    await seen(client)
    await logout(client)
    assert await seen(client) == (None, 1), cause(
        (None, 2),
        what="The login is gone, and the session has kept the rest.",
        do="Empty it: `session.invalidate()`.",
    ) | cause(
        lambda came: came[0] == "Ada",
        what="The login goes on.",
        do='Take its token out of LOGINS: `request.app[LOGINS].pop(session.get("token", ""),'
        " None)`.",
    )
    await logout(client)


@pytest.mark.hint(
    "An encrypted cookie stays good as long as its key: you can empty one, but not its copies.",
    "So what makes the login must be on the server, where you can take it away.",
    "Take the token out of `LOGINS`.",
)
async def test_old_cookie(client):
    """A copy of the cookie, made before the logout, is worth nothing after it."""
    await logged_in(client, "Ada")
    stolen = cookies_of(client)
    await logout(client)
    use(client, stolen)
    name, _ = await seen(client)
    assert name is None, "Whoever copied the cookie is still logged in as Ada." | cause(
        what="The server still knows the token, so each copy of the cookie is good.",
        do="Take it out of `LOGINS`, above the line that empties the session.",
    )


@pytest.mark.hint(
    "Ada may be logged in at home and at work: each login has a token of its own.",
    "Take out one token: no `clear()`, and no search for the name.",
)
async def test_other_logins(client):
    """Ada's other login, and Grace's, go on when she logs out."""
    browsers = {}
    for place, name in ("home", "Ada"), ("work", "Ada"), ("navy", "Grace"):
        use(client, {})
        await logged_in(client, name)
        browsers[place] = cookies_of(client)
    use(client, browsers["home"])
    await logout(client)
    for place, name in ("work", "Ada"), ("navy", "Grace"):
        use(client, browsers[place])
        assert (await seen(client))[0] == name, cause(
            None,
            what="The logout ended another login as well.",
            do="Give each login a token of its own, `secrets.token_urlsafe(32)`, and take out one:"
            " no `clear()`, and no search for the name.",
        )
