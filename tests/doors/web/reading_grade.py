"""The grade of an English text after Flesch and Kincaid (1975), with a plain count of syllables."""

import re

VOWELS = re.compile(r"[aeiouy]+")
SENTENCE = re.compile(r"[.!?]+")
WORD = re.compile(r"[A-Za-z']+")


def find_grade(text: str) -> float:
    """Find the school grade that a text asks for."""
    words = WORD.findall(text)
    sentences = len([part for part in SENTENCE.split(text) if WORD.search(part)])
    syllables = sum(map(_count, words))
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _count(word: str) -> int:
    """Count groups of vowels; a silent e at the end is none."""
    plain = word.lower()
    found = len(VOWELS.findall(plain))
    if plain.endswith("e") and not plain.endswith("le") and found > 1:
        found -= 1
    return max(1, found)
