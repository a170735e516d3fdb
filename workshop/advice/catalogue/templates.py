"""Templates: syntax errors, missing files, undefined names, filters, setup."""

from workshop.advice.entry import Entry

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
        "template-elsewhere",
        "TemplateSyntaxError|TemplateAssertionError",
        SPOT + r"Encountered unknown tag '(csrf_token)'",
        "{0}: `{{% {1} %}}` is Django's; Jinja has no such tag.",
        "A token that the handler gave is shown by braces, in a field of the form:"
        ' `<input type="hidden" name="csrf" value="{{{{ csrf }}}}">`.',
    ),
    Entry(
        "template-elsewhere",
        "TemplateSyntaxError|TemplateAssertionError",
        SPOT + r"Encountered unknown tag '(url|static)'",
        "{0}: `{{% {1} … %}}` is Django's; in Jinja it is a function.",
        'Write `{{{{ {1}("…") }}}}`; the parts of a path follow by name,'
        ' `{{{{ url("post", id=post.id) }}}}`.',
    ),
    Entry(
        "template-elsewhere",
        "TemplateSyntaxError|TemplateAssertionError",
        SPOT + r"Encountered unknown tag '(empty|load|comment|verbatim|now|ifequal|cycle|blocktrans"
        r"|trans)'",
        "{0}: `{{% {1} %}}` is Django's; Jinja has no such tag.",
        "`{{% empty %}}` is `{{% else %}}` here, a remark `{{# … #}}`; there is nothing to load.",
    ),
    Entry(
        "template-elsewhere",
        "TemplateSyntaxError|TemplateAssertionError",
        SPOT + r"expected token 'end of (?:print )?statement(?: block)?', got ':'",
        "{0}: a filter got its argument behind a colon, as in Django.",
        "Jinja has parentheses: `| truncate(30)` for `|truncate:30`.",
    ),
    Entry(
        "template-syntax",
        "TemplateSyntaxError|TemplateAssertionError",
        SPOT + r"Encountered unknown tag '(end\w+)'.*looking for (?:the following tags: )?(.*?)\."
        r" .*that needs to be closed is '(\w+)'",
        "{0}: `{1}` stands here, and the `{{% {3} %}}` above it has not ended yet.",
        "Is its end missing, or misspelt? Jinja waits for {2}.",
    ),
    Entry(
        "template-tag",
        "TemplateSyntaxError|TemplateAssertionError",
        SPOT + r"Encountered unknown tag '(\w+)'",
        "{0}: Jinja knows no tag `{1}`.",
        "Is it misspelt, or does it end what never began?",
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
        "template-elsewhere",
        "UndefinedError",
        SPOT + r"'(url_for|reverse|path_for|url_path_for)' is undefined",
        "{0}: `{1}` is another framework's; here it is called `url`.",
        'Write `{{{{ url("post", id=post.id) }}}}`: the name of the route, then the parts of its'
        " path by theirs.",
    ),
    Entry(
        "template-elsewhere",
        "UndefinedError",
        SPOT + r"'(csrf_token|csrf_input|csrf)' is undefined",
        "{0}: nobody gave the template a `{1}`: there is none by itself.",
        'The handler makes the token and returns it under that name, `return {{"{1}": …}}`.',
    ),
    Entry(
        "template-elsewhere",
        "UndefinedError",
        SPOT + r"'forloop' is undefined",
        "{0}: `forloop` is Django's; Jinja calls it `loop`.",
        "The number of the turn is `loop.index`, the first one `loop.first`.",
    ),
    Entry(
        "template-elsewhere",
        "UndefinedError",
        SPOT + r"'(request|session|current_user|user|g|config|get_flashed_messages|messages)' is"
        r" undefined",
        "{0}: the template uses `{1}`, which other frameworks give to every template by"
        " themselves.",
        'Return it, `return {{"{1}": …}}`, or hand a context processor to `aiohttp_jinja2.setup`.',
    ),
    Entry(
        "template-url",
        "TypeError",
        r"argument value should be str or int, got (\w+) ->",
        "`url()` takes the parts of a path as text or whole numbers, and `{0}` is none.",
        'Give each part by its own name: `{{{{ url("post", id=post.id) }}}}`; what stands behind'
        " the `?` is `query_={{…}}`.",
    ),
    Entry(
        "template-url",
        "TypeError",
        r"url_for\(\) (?:takes|got|missing) ",
        "`url()` takes the name of a route, and the parts of its path by their names.",
        'Write `{{{{ url("post", id=post.id) }}}}`.',
        line_pattern=r"\burl\(",
    ),
    Entry(
        "template-static",
        "RuntimeError",
        r"does not define a static root url",
        "`static()` does not know under which address the files lie.",
        'Say it in `create_app()`: `app[aiohttp_jinja2.static_root_key] = "/static"`, which is'
        " where their route is.",
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
        "template-error",
        "Template error",
        SPOT + r"(.*)$",
        "{0}: the template ended with an error that nobody caught: {1}.",
        "Look at what stands in the braces of this line: what is it, and what does it take?",
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
        'Give each thing a name for the template: `return {{"name": …}}`.',
    ),
    Entry(
        "filter-called",
        "TypeError",
        r"(\w+)\(\) missing \d+ required positional arguments?",
        "`{0}()` was called while the templates were set up; they are to call it.",
        'Hand it over by its name alone: `filters={{"{0}": {0}}}`.',
        line_pattern=r"\bfilters\b.*\b{0}\(|^['\"]\w+['\"]:\s*{0}\(",
    ),
)
