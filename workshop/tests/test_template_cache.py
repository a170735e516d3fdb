"""The cache of compiled templates: each is compiled once, and none is mistaken for another."""

import aiohttp_jinja2
import pytest
from aiohttp import web
from jinja2 import DictLoader, Environment, FileSystemLoader

from workshop.recorder import template_cache


@pytest.fixture
def compiled(monkeypatch):
    """The sources that were compiled."""
    compile_ = Environment.compile
    sources = []

    def compiling(self, source, *arguments, **options):
        sources.append(source)
        return compile_(self, source, *arguments, **options)

    monkeypatch.setattr(Environment, "compile", compiling)
    return sources


@pytest.fixture
def rendered(tmp_path, monkeypatch):
    """A function that shows a template in a new application."""
    monkeypatch.setattr(template_cache, "COMPILED", template_cache.TemplateBytecodeCache())

    def render(source="{{ 'a<b' }}", loader=None, **settings):
        (tmp_path / "page.html").write_text(source, encoding="utf-8")
        app = web.Application()
        found = aiohttp_jinja2.setup(app, loader=loader or FileSystemLoader(tmp_path), **settings)
        template_cache.share_compiled_templates(app)
        return found.get_template("page.html").render()

    return render


def test_a_template_is_compiled_once(rendered, compiled):
    """A second application uses the template that was compiled for the first."""
    assert [rendered(), rendered()] == ["a&lt;b"] * 2
    assert len(compiled) == 1


def test_a_changed_template_is_compiled_again(rendered, compiled):
    """A template that was changed is compiled again."""
    assert [rendered("one"), rendered("two"), rendered("one")] == ["one", "two", "one"]
    assert len(compiled) == 2


@pytest.mark.parametrize(
    ("settings", "shown"),
    [
        ({"autoescape": False}, "a<b"),
        ({"autoescape": lambda name: False}, "a<b"),
        ({"finalize": str.upper}, "A&LT;B"),
        ({"variable_start_string": "[["}, "{{ 'a<b' }}"),
        ({"filters": {"loud": str.upper}}, "a&lt;b"),
    ],
)
def test_environments_with_other_settings_share_nothing(rendered, compiled, settings, shown):
    """An application without autoescape gets no template that was compiled with it."""
    assert rendered() == "a&lt;b"
    assert rendered(**settings) == shown
    assert len(compiled) == 2


def test_autoescape_functions_share_nothing(rendered, compiled):
    """Applications whose autoescape is a function share no template."""

    class Escapes:
        def __init__(self, answer):
            self.answer = answer

        def __call__(self, name):
            return self.answer

        def __repr__(self):
            return "Escapes"

    shown = [rendered(autoescape=Escapes(answer)) for answer in (True, False)]
    assert shown == ["a&lt;b", "a<b"]
    assert len(compiled) == 2


def test_templates_in_a_module_are_not_cached(rendered, compiled):
    """Templates of the learner's own file are compiled for each application."""
    loader = DictLoader({"page.html": "mine"})
    assert [rendered(loader=loader), rendered(loader=loader)] == ["mine"] * 2
    assert len(compiled) == 2


def test_applications_without_templates_are_unchanged():
    """An application without templates, or with its own cache, is not changed."""
    app = web.Application()
    template_cache.share_compiled_templates(app)
    assert not list(app)
    own = template_cache.TemplateBytecodeCache()
    environment = aiohttp_jinja2.setup(app, bytecode_cache=own)
    template_cache.share_compiled_templates(app)
    assert environment.bytecode_cache is own
