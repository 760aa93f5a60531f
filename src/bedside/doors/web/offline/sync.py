"""Where a device sends what waited on it: rows in, one answer for each row out, in their order.

Each row is one act under its own key, so it does not matter how often it comes or whether an answer
was lost. A row that cannot be done is answered with the sentence that says why; the device keeps it
and shows it. Whatever else goes wrong stops the sending there, and the device tries again.
"""

import hmac
import logging
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Final

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_http_methods

from bedside.doors.web.offline.acts import Sending, do_row
from bedside.doors.web.offline.copy import find_copy
from bedside.doors.web.offline.reports import find_called
from bedside.doors.web.offline.rows import (
    MOST_ROWS,
    Row,
    RowKind,
    find_key,
    read_list,
    read_moment,
    read_row,
)
from bedside.doors.web.screening.screened import is_stopped, screen
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.words import say
from bedside.record.accounts.roles import May
from bedside.record.journal.operations import DoneBefore
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import Language, Problems
from bedside.trust.ledger.refusal import Refusal as LedgerRefusal
from bedside.trust.sealing.refusal import Refusal as SealingRefusal

FORBIDDEN, BAD_REQUEST = 403, 400
KEPT, BEFORE, REFUSED, AGAIN = "kept", "before", "refused", "again"
LOG = logging.getLogger("bedside.sync")
WHO_BYTES: Final = 16
FROM_HERE = frozenset({"", "same-origin", "none"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What became of one row."""

    key: str
    state: str
    said: str = ""
    may_keep: bool = False  # saying that the words are meant would let it pass

    def export(self) -> dict[str, object]:
        """Turn it into plain values."""
        return {"key": self.key, "state": self.state, "said": self.said, "may_keep": self.may_keep}


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(May.REPORT)  # a row of a stay asks for more by itself
def show_sync(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Tell a device whose session this is, or take what waited on it."""
    if request.headers.get("Sec-Fetch-Site", "") not in FROM_HERE:
        return JsonResponse({"said": "elsewhere"}, status=FORBIDDEN)
    if request.method != "POST":
        return JsonResponse(_greet(request, staff))
    if not hmac.compare_digest(request.POST.get("who", "").encode(), find_who(staff).encode()):
        return JsonResponse({"said": "somebody else"}, status=FORBIDDEN)
    try:
        rows = read_list(request.POST.get("rows", ""))
        ahead = read_moment(request.POST.get("sent_at", "")) - staff.at
    except Refused as refused:
        return JsonResponse({"said": refused.say(language)}, status=BAD_REQUEST)
    sending = Sending(staff=staff, language=language, ahead=ahead)
    answered = [one.export() for one in _take(sending, rows)]
    return JsonResponse({"rows": answered, "clock": int(ahead.total_seconds())})


show_sync.looks_through = True  # type: ignore[attr-defined]  # `_find_worry` does, text by text


def find_who(staff: Staff) -> str:
    """Name a person to their own devices: the name says nothing and tells them apart."""
    return _derive(staff, b"who")[:WHO_BYTES].hex()


def _greet(request: HttpRequest, staff: Staff) -> dict[str, object]:
    return {
        "who": find_who(staff),
        "secret": b64encode(_derive(staff, b"rows")).decode(),
        "idle": int(staff.lock_after.total_seconds()),
        "token": get_token(request),
        "now": staff.at.astimezone(UTC).isoformat(),
        "edition": find_copy().about["digest"],
        "most": MOST_ROWS,
    }


def _derive(staff: Staff, use: bytes) -> bytes:
    about = b" ".join((use, staff.standing.site.encode(), staff.person.pk.bytes))
    return hmac.digest(staff.master.secret("device"), about, "sha256")


def _take(sending: Sending, rows: list[object]) -> Iterator[Answered]:
    """Take row by row; what cannot be done now stops the rest, so that their order holds."""
    for plain in rows:
        answered = _take_one(sending, plain)
        yield answered
        if answered.state == AGAIN:
            return


def _take_one(sending: Sending, plain: object) -> Answered:
    key, language = find_key(plain), sending.language
    try:
        row = read_row(plain)
        worry = _find_worry(row, language)
        if worry is None:
            do_row(sending, row)
    except Exception as wrong:  # noqa: BLE001 - a door catches all: the device keeps the row
        state, said = _explain(wrong, language)
        return Answered(key=key, state=state, said=said)
    return worry or Answered(key=key, state=KEPT)


def _explain(wrong: Exception, language: Language) -> tuple[str, str]:
    """Say what becomes of a row that was not done: it is done already, it waits, or it is shown."""
    match wrong:
        case DoneBefore():
            return BEFORE, ""
        case Refused():
            return REFUSED, wrong.say(language)
        case Problems():
            return REFUSED, " ".join(problem.say(language) for problem in wrong.problems)
        case LedgerRefusal() | SealingRefusal():
            return AGAIN, wrong.say(language)
        case DatabaseError():
            LOG.warning("the database did not take a row")
            return AGAIN, ""
    LOG.error("a row could not be taken", exc_info=wrong)
    return REFUSED, say("our_fault", language)


def _find_worry(row: Row, language: Language) -> Answered | None:
    """Ask for other words, as the pages do, if something in the row is never kept or not meant."""
    worries = tuple(worry for text in row.texts for worry in screen(text, language))
    if row.kind is RowKind.REPORT:
        worries += find_called(row, language)
    if not is_stopped(worries, is_meant=row.is_meant):
        return None
    said = " ".join(f"“{one.words}”: {one.label}. {one.instead}" for one in worries)
    return Answered(
        key=str(row.key),
        state=REFUSED,
        said=said,
        may_keep=all(one.may_keep for one in worries),
    )
