"""Templates are compiled once, and never taken for another one."""

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


def test_once(rendered, compiled):
    """What the second application shows was compiled for the first."""
    assert [rendered(), rendered()] == ["a&lt;b"] * 2
    assert len(compiled) == 1


def test_another_source(rendered, compiled):
    """A template that was changed is compiled anew."""
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
def test_another_environment(rendered, compiled, settings, shown):
    """Whoever escapes nothing does not get what was compiled for one who does."""
    assert rendered() == "a&lt;b"
    assert rendered(**settings) == shown
    assert len(compiled) == 2


def test_functions_that_look_alike(rendered, compiled):
    """Two applications that ask a function whether to escape are never the same."""

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


def test_in_a_module(rendered, compiled):
    """Templates of the learner's own file are compiled for each application."""
    loader = DictLoader({"page.html": "mine"})
    assert [rendered(loader=loader), rendered(loader=loader)] == ["mine"] * 2
    assert len(compiled) == 2


def test_no_templates():
    """An application without any is left alone, and so is one with a cache of its own."""
    app = web.Application()
    template_cache.share_compiled_templates(app)
    assert not list(app)
    own = template_cache.TemplateBytecodeCache()
    environment = aiohttp_jinja2.setup(app, bytecode_cache=own)
    template_cache.share_compiled_templates(app)
    assert environment.bytecode_cache is own
