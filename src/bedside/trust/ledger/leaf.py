"""A leaf: what the ledger says of one event, in digests only.

Whoever reads the ledger learns that something of a kind happened at a site in an hour, and can
check content that is shown to them. No field can hold words: each is a number, a word from a
closed list, or a digest that its own type computes from what it is given and then forgets.
"""

import hmac
import re
from dataclasses import InitVar, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import ClassVar

from bedside.trust.ledger.refusal import Refusal

SALT_BYTES = 32
PSEUDONYM_BYTES = 16
SECONDS_IN_HOUR = 3600


class SecretTooShort(Refusal):
    """A salt or a pseudonym key that could be guessed."""

    code: ClassVar[str] = "ledger.secret-too-short"
    en: ClassVar[str] = "a salt or pseudonym key needs 32 random bytes, this has {count}"
    es: ClassVar[str] = (
        "una sal o clave de seudónimos necesita 32 bytes al azar, esta tiene {count}"
    )


class ClockWithoutZone(Refusal):
    """A time that does not say where on Earth it is meant."""

    code: ClassVar[str] = "ledger.clock-without-zone"
    en: ClassVar[str] = "the time {at} names no time zone; give it in UTC"
    es: ClassVar[str] = "la hora {at} no indica zona horaria; indíquela en UTC"


class NotALeaf(Refusal):
    """Bytes in the place of a leaf that no ledger of ours wrote."""

    code: ClassVar[str] = "ledger.not-a-leaf"
    en: ClassVar[str] = "this is not a leaf as this edition writes them: `{leaf}`"
    es: ClassVar[str] = "esto no es una hoja como las escribe esta edición: `{leaf}`"


class Kind(StrEnum):
    """What kind of event a leaf tells of; names are added here, never renamed."""

    ACCESS_CHANGED = "access-changed"
    ACKNOWLEDGED = "acknowledged"
    BROKE_GLASS = "broke-glass"
    CORRECTED = "corrected"
    DELETED = "deleted"
    DRAFTED = "drafted"
    EPOCH_OPENED = "epoch-opened"
    ESCALATED = "escalated"
    EXPORTED = "exported"
    HANDED_OVER = "handed-over"
    HELD = "held"
    IMPORTED = "imported"
    ISSUED = "issued"
    KEY_ROTATED = "key-rotated"
    NOTED = "noted"
    RECIPIENT_CHANGED = "recipient-changed"
    REFUSED = "refused"
    REPORTED = "reported"
    RETENTION_RAN = "retention-ran"
    RULEBOOK_CHANGED = "rulebook-changed"
    SEARCHED = "searched"
    SETTING_CHANGED = "setting-changed"
    SHARED = "shared"
    VIEWED = "viewed"
    WITHDRAWN = "withdrawn"
    WORDING_REQUESTED = "wording-requested"


class Lane(StrEnum):
    """Which of the records that never mix an event belongs to."""

    OPERATIONAL = "operational"
    SAFETY = "safety"
    LEGAL = "legal"


class Role(StrEnum):
    """What a pseudonym stands for; one reference gives unlike pseudonyms in unlike roles."""

    ACTOR = "actor"
    EVENT = "event"
    OBJECT = "object"
    SITE = "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Salt:
    """Random bytes that keep a commitment from being guessed; destroyed with the content."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != SALT_BYTES:
            raise SecretTooShort(count=len(self.secret))


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """HMAC-SHA256 of canonical content under its salt: hides it now, binds it for good."""

    salt: InitVar[Salt]
    content: InitVar[bytes]
    digest: bytes = field(init=False)

    def __post_init__(self, salt: Salt, content: bytes) -> None:
        object.__setattr__(self, "digest", hmac.digest(salt.secret, content, "sha256"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pseudonym:
    """A stand-in for a person, thing, event or site that only the holder of the key can make."""

    key: InitVar[bytes]
    role: Role
    reference: InitVar[str]
    digest: bytes = field(init=False)

    def __post_init__(self, key: bytes, reference: str) -> None:
        if len(key) < SALT_BYTES:
            raise SecretTooShort(count=len(key))
        named = f"{self.role.value}\n{reference}".encode()
        object.__setattr__(self, "digest", hmac.digest(key, named, "sha256")[:PSEUDONYM_BYTES])


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The digest of the rulebook edition in force, over the file that describes it."""

    file: InitVar[bytes]
    digest: bytes = field(init=False)

    def __post_init__(self, file: bytes) -> None:
        object.__setattr__(self, "digest", sha256(file).digest())


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """The hour of an event, counted from 1970: near enough to find it, too coarse to tell who."""

    at: InitVar[datetime]
    count: int = field(init=False)

    def __post_init__(self, at: datetime) -> None:
        if at.tzinfo is None:
            raise ClockWithoutZone(at=at)
        object.__setattr__(self, "count", int(at.timestamp()) // SECONDS_IN_HOUR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Whose act, on what, under which event, where: four pseudonyms."""

    actor: Pseudonym
    event: Pseudonym
    object: Pseudonym
    site: Pseudonym


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One event as the ledger tells it."""

    kind: Kind
    lane: Lane
    hour: Hour
    who: Who
    commitment: Commitment
    edition: Edition

    def write(self) -> bytes:
        """Write the leaf as RFC 8785 JSON."""
        who = self.who
        return (
            f'{{"actor":"{who.actor.digest.hex()}","commitment":"{self.commitment.digest.hex()}",'
            f'"event":"{who.event.digest.hex()}","hour":{self.hour.count},'
            f'"kind":"{self.kind.value}","lane":"{self.lane.value}",'
            f'"object":"{who.object.digest.hex()}","rulebook":"{self.edition.digest.hex()}",'
            f'"site":"{who.site.digest.hex()}","v":1}}'
        ).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLeaf:
    """A leaf that was read back; it can be looked at, and never appended."""

    kind: Kind
    lane: Lane
    hour: int
    actor: str
    event: str
    object: str
    site: str
    commitment: str
    rulebook: str

    def started_at(self) -> datetime:
        """Say when the hour of the event began."""
        return datetime.fromtimestamp(self.hour * SECONDS_IN_HOUR, UTC)

    def commits_to(self, content: bytes, salt: Salt) -> bool:
        """Tell whether this content, under this salt, is what the leaf was made for."""
        found = hmac.digest(salt.secret, content, "sha256").hex()
        return hmac.compare_digest(found, self.commitment)


SHAPE = re.compile(
    rb'\{"actor":"([0-9a-f]{32})","commitment":"([0-9a-f]{64})","event":"([0-9a-f]{32})",'
    rb'"hour":(0|[1-9][0-9]{0,7}),"kind":"(%s)","lane":"(%s)","object":"([0-9a-f]{32})",'
    rb'"rulebook":"([0-9a-f]{64})","site":"([0-9a-f]{32})","v":1\}'
    % ("|".join(Kind).encode(), "|".join(Lane).encode())
)
LEAVES = re.compile(b"(?:%s\n)*+" % re.sub(rb"\((?!\?)", b"(?:", SHAPE.pattern))  # one a line
EVENT_AT = slice(133, 165)  # where the pseudonym of the event stands


def read_leaf(leaf: bytes) -> StoredLeaf:
    """Read a leaf back, refusing every byte that the ledger would not have written."""
    found = SHAPE.fullmatch(leaf)
    if not found:
        raise NotALeaf(leaf=leaf[:60].decode("ascii", "replace"))
    actor, commitment, event, hour, kind, lane, thing, rulebook, site = (
        part.decode() for part in found.groups()
    )
    return StoredLeaf(
        kind=Kind(kind),
        lane=Lane(lane),
        hour=int(hour),
        actor=actor,
        event=event,
        object=thing,
        site=site,
        commitment=commitment,
        rulebook=rulebook,
    )
