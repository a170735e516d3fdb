"""A middleware checks the token of whatever is sent; its field has another name; Origin as well."""


@web.middleware
async def check(request: web.Request, handler: Any) -> web.StreamResponse:
    """Refuse what changes something without the token."""
    if request.method not in {"GET", "HEAD"}:
        if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            return web.Response(status=403, text="Another site")
        token = (await aiohttp_session.get_session(request)).get("secret")
        if not token or (await request.post()).get("_token") != token:
            return web.Response(status=403, text="No token")
    return await handler(request)


def storage() -> aiohttp_session.AbstractStorage:
    """Say where the sessions are kept."""
    key = Fernet(Fernet.generate_key())
    return CookieStorage(key, cookie_name="lab", httponly=True, samesite="Lax")


def form(session: aiohttp_session.Session, action: str, inside: str) -> str:
    """Return a form that sends what stands inside to the action."""
    token = session.setdefault("secret", secrets.token_hex(16))
    inside = f"<input type='hidden' name='_token' value='{token}'>{inside}"
    return f'<form method="post" action="{action}">{inside}</form>'


async def read_form(request: web.Request) -> Mapping[str, object]:
    """Return the fields of a form."""
    fields = await request.post()
    return fields


def create_app() -> web.Application:
    """Make the application with three posts, and a code for each user."""
    app = web.Application(middlewares=[aiohttp_session.session_middleware(storage()), check])
    app[CODES] = {secrets.token_hex(8): name for name in ("Ada", "Grace")}
    app[POSTS] = {
        1: Post("Ada", "Notes on the Analytical Engine"),
        2: Post("Grace", "A moth in relay 70"),
        3: Post("Ada", "A letter to Mr Babbage"),
    }
    app.add_routes([web.get("/", show), web.post("/login", login)])
    app.add_routes([web.post("/{number:[0-9]{1,9}}/delete", delete)])
    return app
