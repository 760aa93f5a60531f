"""Whom one believes: a C2SP tlog-policy file, and judging a checkpoint by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from bedside.trust.ledger.checkpoint import Checkpoint, parse_checkpoint
from bedside.trust.ledger.key import Algorithm, VerifierKey, read_verifier_key
from bedside.trust.ledger.note import NobodyKnownSigned, Verified, parse_note, verify_note
from bedside.trust.ledger.refusal import Refusal, Said

LARGEST_POLICY = 256 * 1024
CLOCK_TOLERANCE = 600  # seconds by which honest clocks may differ
NONE = "none"
GROUP_LINE = 4  # group, its name, its threshold and at least one member

UNKNOWN_WORD = Said("it does not begin with log, witness, group or quorum", "no empieza bien")
WRONG_COUNT = Said("it has too few or too many words", "le faltan o le sobran palabras")
TAKEN = Said("its name or key is taken", "su nombre o clave ya está en uso")
UNKNOWN_NAME = Said("it names nothing defined above it", "nombra algo que no se definió antes")
USED_TWICE = Said("a member is used twice", "un miembro se usa dos veces")
BAD_THRESHOLD = Said("its threshold cannot be met", "su umbral no se puede alcanzar")
WRONG_USE = Said("its key is of the wrong kind", "su clave es de otro tipo")
NO_QUORUM = Said("there must be one quorum line", "debe haber una línea `quorum`")


class PolicyUnreadable(Refusal):
    """A policy file that breaks the format."""

    code: ClassVar[str] = "ledger.policy-unreadable"
    en: ClassVar[str] = "policy line {line}: {why}"
    es: ClassVar[str] = "línea {line} de la política: {why}"


class QuorumMissing(Refusal):
    """A checkpoint that too few witnesses have seen."""

    code: ClassVar[str] = "ledger.quorum-missing"
    en: ClassVar[str] = "too few trusted witnesses cosigned this checkpoint: `{quorum}` is not met"
    es: ClassVar[str] = "muy pocos testigos de confianza firmaron: no se cumple `{quorum}`"


class FromTheFuture(Refusal):
    """A cosignature that was made later than now."""

    code: ClassVar[str] = "ledger.from-the-future"
    en: ClassVar[str] = "witness `{name}` signed at a time that has not come; check your clock"
    es: ClassVar[str] = "el testigo `{name}` firmó en una hora que no ha llegado; revise su reloj"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Witnesses, or groups, of which some must agree."""

    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Logs and witnesses one knows, and which witnesses together are enough."""

    logs: tuple[VerifierKey, ...]
    witnesses: Mapping[str, VerifierKey]
    groups: Mapping[str, Group]
    quorum: str

    def is_met(self, cosigned: frozenset[VerifierKey], name: str | None = None) -> bool:
        """Tell whether these witnesses are enough."""
        name = self.quorum if name is None else name
        if name == NONE:
            return True
        if name in self.witnesses:
            return self.witnesses[name] in cosigned
        group = self.groups[name]
        return sum(self.is_met(cosigned, one) for one in group.members) >= group.threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A checkpoint that a policy believes, and the signatures that counted."""

    checkpoint: Checkpoint
    signatures: tuple[Verified, ...]


def judge(text: bytes, policy: Policy, *, now: int) -> Judged:
    """Believe a checkpoint if its log signed it and enough witnesses did, or refuse."""
    note = parse_note(text)
    checkpoint = parse_checkpoint(note.body)
    logs = [key for key in policy.logs if key.name == checkpoint.origin]
    found = verify_note(note, [*logs, *policy.witnesses.values()])
    if not any(one.key in logs for one in found):
        raise NobodyKnownSigned
    for one in found:
        if one.at is not None and one.at > now + CLOCK_TOLERANCE:
            raise FromTheFuture(name=one.key.name)
    if not policy.is_met(frozenset(one.key for one in found)):
        raise QuorumMissing(quorum=policy.quorum)
    return Judged(checkpoint=checkpoint, signatures=found)


def write_policy(policy: Policy) -> str:
    """Write a tlog-policy file."""
    lines = [f"log {key.write()}" for key in policy.logs]
    lines += [f"witness {name} {key.write()}" for name, key in policy.witnesses.items()]
    lines += [
        f"group {name} {group.threshold} {' '.join(group.members)}"
        for name, group in policy.groups.items()
    ]
    return "\n".join([*lines, f"quorum {policy.quorum}", ""])


def read_policy(text: str) -> Policy:
    """Read a tlog-policy file."""
    reader = _Reader()
    if len(text) > LARGEST_POLICY:
        raise PolicyUnreadable(line=0, why=WRONG_COUNT)
    for number, line in enumerate(text.split("\n"), start=1):
        words = line.replace("\t", " ").split(" ")
        words = [word for word in words if word]
        if words and not words[0].startswith("#"):
            reader.read(number, words)
    if reader.quorum is None:
        raise PolicyUnreadable(line=0, why=NO_QUORUM)
    return Policy(
        logs=tuple(reader.logs),
        witnesses=reader.witnesses,
        groups=reader.groups,
        quorum=reader.quorum,
    )


@dataclass(slots=True)
class _Reader:
    logs: list[VerifierKey] = field(default_factory=list)
    witnesses: dict[str, VerifierKey] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    quorum: str | None = None

    def read(self, number: int, words: list[str]) -> None:
        lines = {
            "log": (self._read_log, range(2, 4)),
            "witness": (self._read_witness, range(3, 5)),
            "group": (self._read_group, range(GROUP_LINE, LARGEST_POLICY)),
            "quorum": (self._read_quorum, range(2, 3)),
        }
        if words[0] not in lines:
            raise PolicyUnreadable(line=number, why=UNKNOWN_WORD)
        read, counts = lines[words[0]]
        if len(words) not in counts:
            raise PolicyUnreadable(line=number, why=WRONG_COUNT)
        read(number, words[1:])

    def _read_log(self, number: int, words: list[str]) -> None:
        key = self._read_key(number, words[0], Algorithm.ED25519)
        self.logs.append(key)

    def _read_witness(self, number: int, words: list[str]) -> None:
        self._check_free(number, words[0])
        self.witnesses[words[0]] = self._read_key(number, words[1], Algorithm.COSIGNATURE)

    def _read_group(self, number: int, words: list[str]) -> None:
        name, threshold, *members = words
        self._check_free(number, name)
        for member in members:
            self._check_defined(number, member)
            if member in self.used:
                raise PolicyUnreadable(line=number, why=USED_TWICE)
            self.used.add(member)
        needed = {"all": str(len(members)), "any": "1"}.get(threshold, threshold)
        if needed not in {str(count) for count in range(1, len(members) + 1)}:
            raise PolicyUnreadable(line=number, why=BAD_THRESHOLD)
        self.groups[name] = Group(threshold=int(needed), members=tuple(members))

    def _read_quorum(self, number: int, words: list[str]) -> None:
        if self.quorum is not None:
            raise PolicyUnreadable(line=number, why=NO_QUORUM)
        if words[0] != NONE:
            self._check_defined(number, words[0])
        self.quorum = words[0]

    def _read_key(self, number: int, text: str, algorithm: Algorithm) -> VerifierKey:
        key = read_verifier_key(text)
        if key.algorithm is not algorithm:
            raise PolicyUnreadable(line=number, why=WRONG_USE)
        if any(key.public == one.public for one in (*self.logs, *self.witnesses.values())):
            raise PolicyUnreadable(line=number, why=TAKEN)
        return key

    def _check_free(self, number: int, name: str) -> None:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise PolicyUnreadable(line=number, why=TAKEN)

    def _check_defined(self, number: int, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise PolicyUnreadable(line=number, why=UNKNOWN_NAME)
