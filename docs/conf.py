"""How Sphinx makes the site: ``python dev.py docs``. Nothing it makes loads anything from elsewhere."""

from __future__ import annotations

project = "infodemic-sim"
author = "The infodemic-sim developers"
language = "en_GB"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "numpydoc"]
root_doc = "index"

nb_execution_mode = "off"
nb_code_prompt_show = "Answer"
nb_code_prompt_hide = "Hide the answer"
myst_heading_anchors = 3

autodoc_typehints = "none"
autosummary_generate = False
numpydoc_show_class_members = False
numpydoc_xref_param_type = False

html_theme = "pydata_sphinx_theme"
html_title = "infodemic-sim"
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {
    "navbar_end": ["theme-switcher"],
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": [],
    "footer_end": [],
    "show_prev_next": False,
    "navigation_with_keys": False,
}
