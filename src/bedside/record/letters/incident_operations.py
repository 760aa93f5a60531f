"""Raising an incident by its code: a row that the incident room takes over, and who is paged."""

from bedside.record.accounts.roles import Role
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.letters.models import Letter, Raised
from bedside.record.letters.queries import FORBIDDEN
from bedside.record.paging.operations import add_page

# First calls of the taxonomy; a role that no hospital has here is the nearest one.
CALLS: dict[str, tuple[Role, ...]] = {
    "D1": (Role.ADMINISTRATOR_ON_DUTY, Role.COUNSEL),
    "D2": (Role.ATTENDING, Role.COUNSEL),
    "D3": (Role.ATTENDING, Role.RISK_MANAGER),
    "D4": (Role.ATTENDING,),
    "D5": (Role.RISK_MANAGER,),  # quality
    "D6": (Role.COUNSEL,),
}


def add_raised(act: Act, letter: Letter, code: str) -> str:
    """Raise an incident within an operation that tells of it in its own event."""
    Raised.objects.create(id=act.draw_id(), site_id=act.site, letter=letter, code=code, at=act.at)
    for role in CALLS[code]:
        add_page(act, about=letter.about, to_role=role.value, reason=code)
    return code


@operation
def record_forbidden_found(act: Act, letter: Letter) -> None:
    """Raise that a letter in force says what no letter says; the attending is paged."""
    content = {"raised": [add_raised(act, letter, FORBIDDEN)]}
    append(
        act,
        Happening(
            kind="letter.forbidden-found",
            about=letter.about,
            record=letter.about,
            content=content,
        ),
    )
