"""What is known of a visit: closed words and a few texts, sealed together; empty is not known."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

MOST = {
    "officers": 600,
    "badges": 300,
    "place": 200,
    "about": 300,
    "their_words": 2000,
    "our_words": 2000,
}  # letters of each text
MOST_OFFICERS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What staff answered about a visit so far."""

    asks: str = ""  # an id of asks.yaml
    agency: str = ""  # a word of the vocabulary, as purpose and identity are
    purpose: str = ""
    area: str = ""  # public or nonpublic, where the request itself does not say
    emergency: str = ""  # yes or no: one that cannot wait for a warrant
    identity: str = ""
    door: str = ""
    count: int | None = None
    paper: str = ""  # an id of papers.yaml, and the answers to its four questions
    signature: str = ""
    paper_place: str = ""
    paper_person: str = ""
    paper_until: str = ""
    paper_copied: str = ""  # yes or no
    officers: str = ""  # names as they gave them
    badges: str = ""
    place: str = ""  # the area asked for, in words
    about: str = ""  # whom they named
    their_words: str = ""
    our_words: str = ""

    def write(self) -> str:
        """Write what is known as one text, to be sealed."""
        return json.dumps(self.told(), ensure_ascii=False, sort_keys=True)

    def answered(self, answers: Mapping[str, str | int | None]) -> "Known":
        """Answer questions once more; whatever is not answered again stays as it was."""
        return Known(**{**asdict(self), **answers})

    def told(self) -> dict[str, str | int]:
        """Tell what is known, without what is not."""
        return {name: value for name, value in asdict(self).items() if value not in ("", None)}

    def changes(self, earlier: "Known") -> dict[str, str | int | None]:
        """Find what is told otherwise than before."""
        now, before = asdict(self), asdict(earlier)
        return {name: now[name] for name in now if now[name] != before[name]}


NAMES = tuple(field.name for field in fields(Known))


def read_known(text: str) -> Known:
    """Read what `write` wrote; a name of a later version is passed over."""
    plain = json.loads(text) if text else {}
    return Known(**{name: value for name, value in plain.items() if name in NAMES})
