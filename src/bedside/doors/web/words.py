"""Every word of the page itself, in both languages; the rulebook's are in its vocabulary."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from bedside.rules.vocabulary.problem import LANGUAGES, Language, Text

FILE = Path(__file__).with_name("words.toml")


def load_words(file: Path = FILE) -> Mapping[str, Text]:
    """Load the table; a key without both languages stops the start."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return {key: Text(en=entry["en"], es=entry["es"]) for key, entry in table.items()}


WORDS = load_words()
SAID: Mapping[Language, Mapping[str, str]] = {
    language: {key: text.say(language) for key, text in WORDS.items()} for language in LANGUAGES
}


def say(key: str, language: Language, **values: object) -> str:
    """Say one of our sentences, with values filled in."""
    return SAID[language][key].format(**values)
