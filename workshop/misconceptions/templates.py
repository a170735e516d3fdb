"""Templates: what cannot be read in them, and what nobody gave them."""

from __future__ import annotations

from workshop.misconceptions.entry import Entry

SPOT = r"^(`[^`]*`, line \d+): "
"""Where in a template something went wrong."""

ENTRIES = (
    Entry(
        "template-filter",
        "TemplateSyntaxError|TemplateAssertionError|TemplateRuntimeError",
        SPOT + r"No (filter|test) named '(\w+)'",
        "{0}: the template uses a {1} `{2}`, and nobody has handed one over.",
        'Give it to the set-up: `aiohttp_jinja2.setup(app, …, {1}s={{"{2}": …}})`;'
        " or is it misspelt?",
    ),
    Entry(
        "template-syntax",
        "TemplateSyntaxError|TemplateAssertionError",
        SPOT + r"(.*?)\.?$",
        "{0}: Jinja cannot read the template. {1}.",
        "Each `{{% block %}}`, `{{% for %}}` and `{{% if %}}` ends with `{{% endblock %}}`,"
        " `{{% endfor %}}`, `{{% endif %}}`; what begins last ends first.",
    ),
    Entry(
        "template-name",
        "UndefinedError",
        SPOT + r"'(\w+)' is undefined",
        "{0}: the template uses `{1}`, and nobody gave it a `{1}`.",
        'Return it under that name, `return {{"{1}": …}}`; a filter stands behind a bar, `| {1}`.',
    ),
    Entry(
        "template-attribute",
        "UndefinedError",
        SPOT + r"'(?:\w+\.)*(\w+)(?: object)?' has no attribute '(\w+)'",
        "{0}: a {1} has no `{2}`.",
        "Look at how it is spelt where it is made.",
    ),
    Entry(
        "template-missing",
        "TemplateNotFound|TemplatesNotFound",
        r"([\w./-]+)'?(?: not found.*)?$",
        "There is no template `{0}`.",
        "Is it spelt as in the loader?",
    ),
    Entry(
        "template-setup",
        "Server error",
        r"Template engine is not initialized",
        "This application knows no templates: nobody has set them up.",
        "Say in `create_app()` where they are: `aiohttp_jinja2.setup(app, loader=…)`.",
    ),
    Entry(
        "template-context",
        "Server error",
        r"context should be mapping, not <class '(?:\w+\.)*(\w+)'>",
        "Below `@aiohttp_jinja2.template(…)` a dictionary is returned, and this is a `{0}`.",
        'Give each thing a name for the template: `return {{"posts": …}}`.',
    ),
    Entry(
        "filter-called",
        "TypeError",
        r"(\w+)\(\) missing \d+ required positional arguments?",
        "`{0}()` was called while the templates were set up; they are to call it.",
        'Hand it over by its name alone: `filters={{"{0}": {0}}}`.',
        code=r"\bfilters\b.*\b{0}\(|^['\"]\w+['\"]:\s*{0}\(",
    ),
)
