"""Every word of the page itself, in both languages; the rulebook's are in its vocabulary."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from bedside.rules.vocabulary.problem import LANGUAGES, Language, Text

FILES = tuple(sorted(Path(__file__).parent.rglob("words.toml")))  # each room of pages has its own


def load_words(files: tuple[Path, ...] = FILES) -> Mapping[str, Text]:
    """Load the tables; a key without both languages, or said in two of them, stops the start."""
    words: dict[str, Text] = {}
    for file in files:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        if twice := sorted(words.keys() & table.keys()):
            raise ValueError(f"{file.parent.name}/words.toml says {', '.join(twice)} once more")
        words |= {key: Text(en=entry["en"], es=entry["es"]) for key, entry in table.items()}
    return words


WORDS = load_words()
SAID: Mapping[Language, Mapping[str, str]] = {
    language: {key: text.say(language) for key, text in WORDS.items()} for language in LANGUAGES
}


def say(key: str, language: Language, **values: object) -> str:
    """Say one of our sentences, with values filled in."""
    return SAID[language][key].format(**values)
