"""The addresses of the pages in a language; nothing of anybody's situation ever stands in one."""

from collections.abc import Mapping

from django.urls import reverse

from bedside.rules.vocabulary.problem import ENGLISH, LANGUAGES, SPANISH, Language

PAGES = ("taps", "answer", "so_far", "norms", "officer", "about", "home", "report")


def find_address(page: str, language: Language, **parts: str) -> str:
    """Find the address of a page in the language."""
    return reverse(f"{language}:{page}", kwargs=parts or None)


def find_addresses(language: Language) -> Mapping[str, str]:
    """Find the addresses of all pages that need nothing more."""
    return _ALL.setdefault(language, {page: find_address(page, language) for page in PAGES})


def find_twin(path: str) -> str:
    """Find the address of the same page in the other language."""
    return (path.removeprefix("/es") or "/") if f"{path}/".startswith("/es/") else f"/es{path}"


def is_of_nobody(path: str) -> bool:
    """Tell whether an address is one of reports without a name: there no session is looked at."""
    return path.removeprefix("/es").split("/")[1:2] == ["report"]


def find_other(language: Language) -> Language:
    """Find the language that this page can be changed to."""
    return ENGLISH if language == SPANISH else SPANISH


_ALL: dict[Language, Mapping[str, str]] = {}
assert len(LANGUAGES) == 2  # noqa: S101, PLR2004 - the switch in the bar knows one other language
