"""The whole rulebook, with the overlays among the examples."""

from functools import cache
from pathlib import Path

from bedside.rules.rulebook.book import Rulebook
from bedside.rules.rulebook.load import load_rulebook
from bedside.rules.tables.compiled import SHIPPED
from bedside.rules.vocabulary.load import load_vocabulary

ROOT = Path(__file__).parents[2]


@cache
def load_everything() -> Rulebook:
    """Load every norm that ships."""
    return load_rulebook([SHIPPED, ROOT / "examples"], load_vocabulary())
