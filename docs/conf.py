"""How the site is built: `python -m sphinx -W -n -b html docs docs/_build/html`."""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

project = "aiohttp workshop"
author = "the aiohttp workshop's authors"
copyright = f"{author}. Text: CC BY 4.0, code: MIT"  # noqa: A001 - Sphinx calls it so
language = "en"

extensions = ["myst_nb", "sphinx_design", "sphinx_copybutton", "workshop.site"]
exclude_patterns = ["_build", "**/data", "**/__pycache__"]
nitpicky = True
smartquotes_action = "qe"  # dashes stand for themselves: --port is an option

myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

# Notebooks run whenever their page is read: when they, or a step that they use, have changed.
# -W makes a failing cell an error; without it, as for a learner, the page shows what happened.
nb_execution_mode = "force"
nb_execution_timeout = 60
nb_merge_streams = True
os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"  # the kernel of this Python, not one of the reader's
os.environ.setdefault("IPYTHONDIR", tempfile.mkdtemp(prefix="ipython-"))
nb_ipywidgets_js: dict[str, dict[str, str]] = {}  # else they come from elsewhere
nb_output_stderr = "show"

# A prompt is not copied, and output never is; `try` draws its prompt with CSS.
copybutton_prompt_text = r"\$ |> "
copybutton_prompt_is_regexp = True
copybutton_selector = "div:not(.answer):not(.highlight-diff) > div.highlight > pre"

html_theme = "furo"
html_title = project
html_favicon = "_static/favicon.svg"
html_static_path = ["_static"]
html_css_files = ["workshop.css", "live/live.css"]
html_js_files = [("live/live.js", {"type": "module"})]  # from frontend/; idle in a static copy
html_copy_source = False
html_show_sourcelink = False

pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"

# Every colour of the site; workshop.css uses these names. Text reaches 4.5:1 on its background.
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#1d56b3",
        "color-brand-content": "#1d56b3",
        "color-brand-visited": "#1d56b3",
        "color-foreground-primary": "#1b1f24",
        "color-foreground-secondary": "#4a525c",
        "color-foreground-muted": "#5d6671",
        "color-background-secondary": "#f6f7f9",
        "color-background-border": "#dde1e6",
        "color-code-background": "#ffffff",
        "color-code-foreground": "#1b1f24",
        "color-code-word": "#7b3aa6",
        "color-accent-soft": "#e8f0fc",
        "color-good": "#17693a",
        "color-good-soft": "#e3f4e9",
        "color-moved": "#7a4d00",
        "color-moved-soft": "#fdf1d8",
        "color-bad": "#b3261e",
        "color-bad-soft": "#fdeceb",
        "color-shadow": "rgb(20 30 50 / 8%)",
    },
    "dark_css_variables": {
        "color-brand-primary": "#8ab8ff",
        "color-brand-content": "#8ab8ff",
        "color-brand-visited": "#8ab8ff",
        "color-foreground-primary": "#dfe3e8",
        "color-foreground-secondary": "#aeb6c0",
        "color-foreground-muted": "#98a1ac",
        "color-background-primary": "#14171b",
        "color-background-secondary": "#1a1e24",
        "color-background-border": "#323842",
        "color-code-background": "#1a1e24",
        "color-code-foreground": "#dfe3e8",
        "color-code-word": "#cfa9f5",
        "color-accent-soft": "#1b2a41",
        "color-good": "#7bd69a",
        "color-good-soft": "#18301f",
        "color-moved": "#f0c069",
        "color-moved-soft": "#35290f",
        "color-bad": "#ff9c94",
        "color-bad-soft": "#3c1c1a",
        "color-shadow": "rgb(0 0 0 / 40%)",
    },
}
