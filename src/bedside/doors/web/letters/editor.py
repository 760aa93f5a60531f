"""The editor of a letter: from what stands in the form to claims, or to what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bedside.doors.web.letters.proposals import STATUS
from bedside.doors.web.letters.rows import Row, Typing, read_rows, read_value
from bedside.doors.web.moments import read_moment
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.words import say
from bedside.record.letters.grounds import Grounds
from bedside.record.letters.operations import Draft
from bedside.rules.attestation.claim import (
    Assessment,
    Claim,
    ClaimClass,
    ClaimId,
    Filled,
    Ground,
)
from bedside.rules.attestation.clause import Clause, load_library
from bedside.rules.attestation.compare import compare_claims
from bedside.rules.attestation.events import Reason, ReasonCode, RequestId
from bedside.rules.attestation.history import Version
from bedside.rules.attestation.readers import Basis
from bedside.rules.vocabulary.problem import NO_TEXT, SPANISH, Language, Text

HOURS = (12, 24, 48, 72)
MOST_SHORT = 160
STATUS_CLAIM = ClaimId("status")
OBSERVED = frozenset(
    {ClaimClass.COURSE, ClaimClass.CONTAGION, ClaimClass.CAPACITY, ClaimClass.UNKNOWNS}
)
BASES = (Basis.CUSTODY_PERMISSION, Basis.CONSENT, Basis.REQUIRED_BY_LAW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What stands in the editor."""

    rows: tuple[Row, ...]
    status: str = ""
    status_code: str = ""
    seen_at: str = ""
    evidence: str = ""
    hours: int = 24
    basis: str = Basis.CUSTODY_PERMISSION.value
    need: str = ""
    purpose: str = ""
    receiver: str = ""
    request: str = ""
    wrongs: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing was found wrong."""
        return not self.wrongs and not any(row.problems for row in self.rows)

    @property
    def grounds(self) -> Grounds:
        """On what the documents are given out."""
        return Grounds(
            basis=Basis(self.basis), need=self.need, purpose=self.purpose, receiver=self.receiver
        )


def read_form(sent: Mapping[str, str], typing: Typing, needs: tuple[str, ...]) -> Form:
    """Read the editor as it was sent."""

    def text(name: str) -> str:
        return " ".join(sent.get(name, "").replace("\x00", "").split())[:MOST_SHORT]

    hours, basis, need = text("hours"), text("basis"), text("need")
    return Form(
        rows=read_rows(sent, typing),
        status=text("status") if text("status") in STATUS else "",
        status_code=text("status-code"),
        seen_at=text("seen_at"),
        evidence=text("evidence"),
        hours=int(hours) if hours.isdecimal() and int(hours) in HOURS else 24,
        basis=basis if basis in {one.value for one in BASES} else Basis.CUSTODY_PERMISSION.value,
        need=need if need in needs else "",
        purpose=text("purpose"),
        receiver=text("receiver"),
        request=text("request"),
    )


def check_form(form: Form, typing: Typing, *, now: datetime) -> Form:
    """Find everything that keeps the form from becoming a draft."""
    language = typing.language
    rows = tuple(_check_row(row, typing) for row in form.rows)
    wrongs = []
    if not form.status:
        wrongs.append(say("letter_wrong_status", language))
    if not form.evidence:
        wrongs.append(say("letter_wrong_evidence", language))
    seen = _find_seen(form, typing)
    if seen is None or not now - timedelta(days=2) <= seen <= now:
        wrongs.append(say("letter_wrong_seen", language))
    return replace(form, rows=rows, wrongs=tuple(wrongs))


def make_draft(form: Form, typing: Typing, staff: Staff, *, before: Version | None) -> Draft:
    """Make the draft of a form that was found sound; what did not change stays as it was."""
    seen = _find_seen(form, typing) or staff.at
    ends = staff.at + timedelta(hours=form.hours)
    kept = {claim.id: claim for claim in before.claims} if before else {}
    if before:
        ends = before.draft.expires_at
    support = Assessment(
        ground=Ground.DECIDED, by=f"person/{staff.person.pk}", at=seen, evidence=form.evidence
    )
    frame = Claim(
        id=STATUS_CLAIM,
        clause=STATUS[0],
        clause_version=1,
        assessment=support,
        as_of=staff.at,
        expires_at=ends,
    )
    made = [_make_status(form.status, frame)]
    made += [_make_claim(row, frame, typing) for row in form.rows if row.is_kept]
    claims = tuple(_keep(one, kept.get(one.id)) for one in made)
    return Draft(
        claims=claims,
        expires_at=min([ends, *(one.expires_at for one in claims)]),
        grounds=form.grounds,
        reasons=_find_reasons(form, claims, before, support) if before else (),
        request=RequestId(form.request) if form.request else None,
    )


def _check_row(row: Row, typing: Typing) -> Row:
    if not row.is_kept:
        return row
    problems = [
        say("letter_wrong_gap", typing.language, gap=gap.label)
        for gap in row.gaps
        if read_value(gap.slot, gap.value, typing) is None
    ]
    if row.hits:
        problems.append(say("letter_wrong_words", typing.language))
    if row.worries:
        problems.append(say("letter_wrong_worry", typing.language))
    return replace(row, problems=tuple(problems))


def _find_seen(form: Form, typing: Typing) -> datetime | None:
    return read_moment(form.seen_at, typing.zone)


def _make_status(status: str, frame: Claim) -> Claim:
    clause = load_library().clauses[STATUS[STATUS.index(status)]]
    return replace(frame, clause=clause.id, clause_version=clause.version)


def _make_claim(row: Row, frame: Claim, typing: Typing) -> Claim:
    filled = [
        Filled(slot=id_, value=value)
        for id_, slot in row.clause.slots.items()
        if (value := read_value(slot, row.values.get(id_, ""), typing)) is not None
    ]
    return replace(
        frame,
        id=ClaimId(row.claim),
        clause=row.clause.id,
        clause_version=row.clause.version,
        filled=tuple(filled),
        assessment=replace(frame.assessment, ground=_find_ground(row.clause)),
        addition=_say_more(row.more, typing.language),
    )


def _find_ground(clause: Clause) -> Ground:
    return Ground.OBSERVED if clause.letter in OBSERVED else Ground.DECIDED


def _say_more(words: str, language: Language) -> Text:
    if not words:
        return NO_TEXT
    return Text(en="", es=words) if language == SPANISH else Text(en=words, es="")


def _keep(made: Claim, earlier: Claim | None) -> Claim:
    """Keep a claim as it was signed where the form says nothing else."""
    if earlier is None:
        return made
    same_words = made.addition == earlier.addition or (
        {made.addition.en, made.addition.es} == {earlier.addition.en, earlier.addition.es}
    )
    is_same = (
        made.clause == earlier.clause
        and {(f.slot, f.value) for f in made.filled} == {(f.slot, f.value) for f in earlier.filled}
        and same_words
    )
    return earlier if is_same else made


def _find_reasons(
    form: Form, claims: tuple[Claim, ...], before: Version, support: Assessment
) -> tuple[Reason, ...]:
    codes = {row.claim: row.code for row in form.rows} | {STATUS_CLAIM: form.status_code}
    changes = compare_claims(before.claims, claims, load_library())
    return tuple(
        Reason(
            claim=change.claim,
            code=ReasonCode(codes[change.claim]),
            evidence=support.evidence,
            found_by=support.by,
            found_at=support.at,
        )
        for change in changes
        if codes.get(change.claim, "") in set(ReasonCode)
    )
