"""Attack, then mend.

This blog believes all it is told. You know Grace's code, and want to be Ada.
Log in as Grace, look at your cookie, and write `forged_cookie`: with it, the naive blog greets Ada.
Finish `test_forged_cookie`, so that it fails as long as that works.
Then mend the blog: a cookie that only the server can write; posts deleted by `POST` alone,
by their owner alone, and only from a form that carries the token of the session.
The attacks are tried on your blog; Ada and Grace still log in and delete their own posts.
"""

import base64
import contextlib
import json
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from workshop import course
from workshop.advice.causes import cause
from workshop.recorder.loader import load

pytestmark = pytest.mark.exercise(number=4, minutes=10, when="room")

TITLES = {1: "Analytical Engine", 2: "A moth in relay 70", 3: "Mr Babbage"}
EVIL = {"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"}


def forgeries(grace):
    """Yield what Grace might send to be Ada; she can read her own cookie, if anybody can."""
    yield json.dumps({"created": int(time.time()), "session": {"user": "Ada"}})
    yield grace.replace("Grace", "Ada")
    with contextlib.suppress(ValueError):
        plain = base64.b64decode(grace.replace("-", "+").replace("_", "/") + "==")
        if b"Grace" in plain:
            yield base64.b64encode(plain.replace(b"Grace", b"Ada")).decode()
    yield "Ada"


class Forms(HTMLParser):
    """What a page would send, and where to."""

    def __init__(self, source):
        """Read the whole page."""
        super().__init__()
        self.found, self.fields, self.action, self.buttons = {}, {}, None, set()
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        """Note a form or a field of it."""
        has = dict(attrs)
        if tag == "form" and has.get("method", "").lower() == "post":
            self.action = has.get("action")
            self.fields = self.found.setdefault(self.action, {})
        if has.get("type", "submit" if tag == "button" else "") in {"submit", "image"}:
            self.buttons.add(self.action)
        if tag in {"input", "button"} and has.get("name"):
            self.fields[has["name"]] = has.get("value") or ""


class Browser:
    """Somebody who looks at the blog, and clicks."""

    def __init__(self, client):
        """Start without a cookie."""
        self.client = client

    async def page(self):
        """Return the list of posts."""
        response = await self.client.get("/")
        assert response.status == 200
        return await response.text()

    async def fields(self, action, click=False):
        """Return what the form with this action holds; a click needs a button in it."""
        forms = Forms(await self.page())
        assert action in forms.found, (
            f'The page has no <form method="post" action="{action}">.'
            | cause(
                what="A link is sent by GET, and follows itself in some programs.",
                do="Let `delete_button` return `form(session, …)` with a button inside.",
            )
        )
        nothing_to_click = click and action not in forms.buttons
        assert not nothing_to_click, (
            f"The form for {action} has no button: nobody can send it."
            | cause(
                what="Without a button in it, a form cannot be sent.",
                do='Hand `form` a `"<button>Delete</button>"`.',
            )
        )
        return forms.found[action]

    async def send(self, path, fields, method="POST", **headers):
        """Send a form, and return the status."""
        kwargs = {"data": fields} if method == "POST" else {}
        response = await self.client.request(
            method, path, headers=headers, allow_redirects=False, **kwargs
        )
        return response.status

    async def log_in(self, name, codes):
        """Log in as the page wants it, and see nothing more."""
        code = next(code for code, user in codes.items() if user == name)
        status = await self.send("/login", {**await self.fields("/login"), "code": code})
        why = "Does that form carry the token?" if status == 403 else "Before, it was possible."
        assert status == 303, f"{name} cannot log in with the form of the page. {why}" | cause(
            when=status == 403,
            what="The token is asked for, and the form of the login has none.",
            do="Let `form` put it into a hidden field: `token_of(session)`.",
        )
        return self

    def cookie(self):
        """Return name and value of the cookie that this browser has got."""
        jar = self.client.session.cookie_jar.filter_cookies(self.client.make_url("/"))
        assert jar, "Who logs in gets a cookie."
        cookie = next(iter(jar.values()))
        return cookie.key, cookie.value

    async def shows(self, cookie, name="lab"):
        """Return status and text of the list, for one who sends this cookie."""
        response = await self.client.get("/", cookies={name: cookie})
        return response.status, await response.text()

    async def has(self, number):
        """Tell whether a post is still there."""
        return TITLES[number] in await self.page()


@pytest.fixture
def visit(aiohttp_server, aiohttp_client):
    """Return a function that opens an application in a browser of its own."""
    servers = {}

    async def open_browser(app):
        if app not in servers:
            servers[app] = await aiohttp_server(app)
        return Browser(await aiohttp_client(servers[app]))

    return open_browser


@pytest.fixture
def naive(visit, recorder):
    """Return a function that logs Grace in at the blog as it was handed out."""

    async def open_naive():
        module = load(course.exercise_of(Path(__file__)).stub)
        app = module.create_app()
        recorder.record_app(app)
        return await (await visit(app)).log_in("Grace", app[module.CODES])

    return open_naive


@pytest.fixture
def log_in(visit, app, exercise):
    """Return a function that logs somebody in at the learner's blog."""

    async def open_mine(name):
        return await (await visit(app)).log_in(name, app[exercise.CODES])

    return open_mine


@pytest.mark.hint(
    "`python -m exercises.step07_sessions.attack_lab` runs the blog; your browser's developer"
    " tools show the cookie `lab`. `\\054` in it is a comma.",
    "It is JSON: `session` holds what the server knows of you. The rest may be left out.",
    '`json.dumps({"session": {"user": name}})`',
)
async def test_forge(naive, exercise):
    """With the cookie that you write, the naive blog greets Ada; or anybody else."""
    grace = await naive()
    for name in "Ada", "Grace":
        value = exercise.forged_cookie(name)
        assert isinstance(value, str), f"forged_cookie must return a text, not {value!r}." | cause(
            what="A cookie is text.", do="Make JSON of the dictionary: `json.dumps(…)`."
        )
        assert value, f"You have no cookie yet. This is the one that Grace got: {grace.cookie()[1]}"
        assert not value.startswith("lab="), "Return the value alone, without `lab=`." | cause(
            what="The name of the cookie is part of the value.", do="Leave `lab=` out."
        )
        status, page = await grace.shows(value)
        assert status == 200, f"The naive blog cannot read {value} as JSON."
        assert f"Hello, {name}" in page, (
            f"The naive blog does not take you for {name}."
            | cause(
                when=name == "Grace",
                what="The cookie is the same, whoever it is asked for.",
                do="Write the `name` into it that is handed over.",
            )
            | cause(
                what="The name does not stand where the blog looks for it.",
                do='Compare with the cookie that Grace got: `session` holds it, `{"session":'
                ' {"user":'
                " …}}`.",
            )
        )


@pytest.mark.hint(
    "Whom the blog takes for Ada it greets. A test asserts that this is *not* so.",
    '`assert "Hello, Ada" not in page`',
)
async def test_your_test(naive, exercise):
    """Your test fails on the naive blog: it sees the attack succeed."""
    grace = await naive()
    grace.client.session.cookie_jar.clear()
    try:
        await exercise.test_forged_cookie(grace.client)
    except AssertionError:
        return
    raise AssertionError(
        "Your test passes, though the naive blog greeted you as Ada."
        | cause(
            what="What the test asserts holds although the attack works.",
            do="Assert that Ada is not greeted: that `Hello, Ada` is not in the page.",
        )
    )


@pytest.mark.hint(
    "A flag such as `httponly` keeps scripts from reading a cookie, and nobody from writing one.",
    "`CookieStorage` encrypts: whoever has no key can neither read nor write what is inside.",
    '`CookieStorage(Fernet(Fernet.generate_key()), cookie_name="lab", samesite="Lax")`',
)
async def test_cookie(visit, app, exercise, log_in):
    """On your blog, the forged cookie is a stranger's; and your test passes."""
    grace = await log_in("Grace")
    assert "Hello, Grace" in await grace.page(), "Who logs in must be greeted."
    stranger = await visit(app)
    called, cookie = grace.cookie()
    for value in forgeries(cookie):
        status, page = await stranger.shows(value, called)
        assert "Hello, Ada" not in page, f"Your blog takes whoever sends {value} for Ada." | cause(
            what="What is in the cookie can still be written by anybody.",
            do="Take a storage that encrypts it with a key: `CookieStorage(Fernet(…), …)`.",
        )
        assert status == 200, f"The cookie {value} must be a stranger's, not a {status}." | cause(
            when=status == 500,
            what="A cookie that cannot be read ended in an error.",
            do="Take a storage that encrypts, `CookieStorage(Fernet(…), …)`: it takes such a cookie"
            " for none.",
        )
    try:
        await exercise.test_forged_cookie(stranger.client)
    except AssertionError as error:
        text = (
            "The attack fails on your blog, but your test says that it works. What does it look"
            " for? A stranger sees Ada's name, too: below her posts."
        )
        raise AssertionError(
            text
            | cause(
                what="Your test fails on a blog that is not open.",
                do="Ask for nothing but the greeting: `Hello, Ada` must not be in the page.",
            )
        ) from error


@pytest.mark.hint(
    '`<img src="/1/delete">` on any page of the web makes Ada\'s browser send this `GET`.',
    "`web.post` in `create_app`, in place of `web.get`.",
)
async def test_get(log_in):
    """GET and HEAD leave the post where it is, even if it is Ada's browser that asks."""
    ada = await log_in("Ada")
    for method in "GET", "HEAD":
        await ada.send("/1/delete", {}, method, **{"Sec-Fetch-Dest": "image"})
        assert await ada.has(1), (
            f"{method} /1/delete deleted Ada's post. A picture can do that."
            | cause(
                what="The route is open to a method that a mere look sends.",
                do="Make it a `web.post` in `create_app`.",
            )
        )


@pytest.mark.hint(
    "Grace sees no button beside Ada's post. That keeps her from nothing: she can write her own.",
    'Compare `session.get("user")` with `post.owner`, above the line that deletes.',
    "`raise web.HTTPForbidden(...)` ends the handler there. Made and not raised, it changes"
    " nothing.",
)
async def test_owner(log_in, visit, app):
    """Grace, with a good form of hers, cannot delete Ada's post: 403. Nor can a stranger."""
    ada, grace = await log_in("Ada"), await log_in("Grace")
    fields = await grace.fields("/2/delete")
    status = await grace.send("/1/delete", fields)
    assert status == 403, f"Grace deletes Ada's post: that must be a 403, not {status}." | cause(
        when=status == 303,
        what="Nobody compares who sends the form with whose post it is, or nothing is raised then.",
        do='Where `session["user"] != post.owner`, `raise web.HTTPForbidden(text=…)`.',
    )
    assert await ada.has(1), "The answer was 403, but Ada's post is gone." | cause(
        what="The owner was asked for when the post was gone.",
        do="Put the line that deletes below the one that compares.",
    )
    stranger = await visit(app)
    status = await stranger.send("/1/delete", await stranger.fields("/login"))
    refused = status in {303, 401, 403}
    assert refused, f"A stranger deletes Ada's post: {status} is no refusal." | cause(
        when=status == 500,
        what="The session of a stranger has no user.",
        do='Ask with `session.get("user")`.',
    )
    assert await ada.has(1), "A stranger has deleted Ada's post."


@pytest.mark.hint(
    "A page of another site can hold a form for your blog, and Ada's browser adds her cookie."
    " It cannot read *your* page, so it does not know the token.",
    "Two places: `form` puts `token_of(session)` into a hidden field, and `read_form` checks it.",
    "`await check_token(request, fields)` raises the 403, also when both have no token at all.",
)
async def test_token(log_in, visit, app, exercise):
    """A form that another site makes Ada's browser send, without her token, is a 403."""
    ada, grace = await log_in("Ada"), await log_in("Grace")
    theirs = await grace.fields("/2/delete")
    none = {}, *({name: value} for name in theirs for value in ("", "None", "x" * 43))
    for fields in *none, theirs:
        for headers in {}, EVIL:
            status = await ada.send("/1/delete", fields, **headers)
            sent = "without a token" if fields == {} else f"with {fields}"
            assert status == 403, (
                f"POST /1/delete {sent} must be a 403, not {status}."
                | cause(
                    when=status == 303 and fields == theirs,
                    what="The token of another visitor was taken: it is not compared with hers.",
                    do="`await check_token(request, fields)` in `read_form`; let `form` write"
                    " `token_of(session)`, which each session has for itself.",
                )
                | cause(
                    when=status == 303,
                    what="A form without her token was taken. `Origin` and SameSite do not always"
                    " help.",
                    do="`await check_token(request, fields)` in `read_form`.",
                )
            )
    assert await ada.has(1), "The answer was 403, but Ada's post is gone."
    stranger = await visit(app)
    code = next(iter(app[exercise.CODES]))
    status = await stranger.send("/login", {"code": code})
    assert status == 403, (
        "The login needs it too: else you write, unaware, into another's account."
        | cause(
            what="The token is asked for only when a post is deleted.",
            do="Ask in `read_form`, which reads every form: `await check_token(request, fields)`.",
        )
    )


@pytest.mark.hint(
    "`delete_button` returns a form, `delete` takes `POST`, both know the same token.",
    '`return form(session, f"/{number}/delete", "<button>Delete</button>")`',
)
async def test_honest(log_in):
    """Ada and Grace log in, see all posts, and delete their own with the button of the page."""
    ada, grace = await log_in("Ada"), await log_in("Grace")
    for browser, number in (ada, 1), (grace, 2):
        assert await browser.has(number)
        fields = await browser.fields(f"/{number}/delete", click=True)
        status = await browser.send(f"/{number}/delete", fields)
        assert status == 303, f"/{number}/delete must delete, and go on with 303, not {status}."
        assert not await browser.has(number), f"Post {number} is still there." | cause(
            what="Another post was deleted, or none.",
            do="Delete the one that the path names.",
        )
    assert await grace.has(3), "Post 3 is gone; nobody had deleted it." | cause(
        what="Another post was deleted, too.", do="Delete the one that the path names."
    )
