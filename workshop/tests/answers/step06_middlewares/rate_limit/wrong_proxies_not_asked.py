"""Believes no proxy.

check: test_behind_a_proxy
says: refused for what another one did
"""


def create_app(proxies: Sequence[Network] = ()) -> web.Application:
    """Make the application; `proxies` may say of others where their request comes from."""
    app = web.Application(middlewares=[limit])
    app[LIMITER] = Limiter()
    app[CLOCK] = time.monotonic
    app.add_routes([web.get("/", index)])
    return app
