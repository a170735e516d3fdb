"""Escaping is switched off for all templates.

check: test_titles_stay_text
says: shown letter by letter
"""


def create_app() -> web.Application:
    """Make the application, its templates and its first posts, the oldest first."""
    app = web.Application()
    app[POSTS] = [ADA, GRACE]
    templates = {"base.html": BASE, "list.html": LIST, "post.html": POST}
    aiohttp_jinja2.setup(app, loader=jinja2.DictLoader(templates), autoescape=False)
    app.add_routes([web.get("/", list_posts), web.get("/{id}", show, name="post")])
    return app
