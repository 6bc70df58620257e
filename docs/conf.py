"""How Sphinx makes the site: ``python dev.py docs``. Nothing that it makes loads anything from elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

project = "infodemic-sim"
author = "The infodemic-sim developers"
language = "en_GB"
root_doc = "docs/index"
extensions = ["myst_nb", "sphinx.ext.autodoc", "docs.numpydoc_lines", "numpydoc"]

nb_execution_mode = "off"
nb_code_prompt_show = "Answer"
nb_code_prompt_hide = "Hide the answer"
myst_heading_anchors = 3

autodoc_typehints = "none"
autodoc_member_order = "bysource"
numpydoc_show_class_members = False

html_theme = "pydata_sphinx_theme"
html_title = "infodemic-sim"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {
    "header_links_before_dropdown": 7,
    "navbar_end": ["theme-switcher"],
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": [],
    "footer_end": [],
    "show_prev_next": False,
}
