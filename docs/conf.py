"""How the documentation is built: `make docs`."""  # noqa: INP001 - Sphinx reads this file by itself

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from docs._tools.generate import write_pages  # noqa: E402 - likewise

import bedside  # noqa: E402 - the line above lets the pages be made

write_pages()

project = "Bedside"
author = "the Bedside contributors"
copyright = "the Bedside contributors, Apache-2.0"  # noqa: A001 - the name that Sphinx reads
version = release = bedside.__version__
extensions = ["myst_parser"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "deflist"]
myst_heading_anchors = 4
source_suffix = {".md": "markdown"}
exclude_patterns = ["_tools", "reference/made/commands.md"]
html_theme = "furo"
html_title = "Bedside"
html_last_updated_fmt = None
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
