"""Adding a file to a report under a name; one event commits to its original and its copy."""

from bedside.record.attachments.copying import HandedIn
from bedside.record.attachments.models import Attachment
from bedside.record.attachments.operations import add_attachment
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.reports.models import Report
from bedside.record.reports.operations import lock_report, verify_open
from bedside.record.reports.rooms import open_room


@operation
def record_file(act: Act, report: Report, handed_in: HandedIn) -> Attachment:
    """Add a file, which was opened before, to a report that was not taken back."""
    locked = lock_report(report)
    verify_open(locked)
    room = open_room(act, locked)
    added = add_attachment(act, handed_in, owner=locked.about, room=room)
    append(
        act,
        Happening(
            kind="report.file-added",
            about=locked.about,
            record=locked.about,
            content=handed_in.commitment,
            room=room,
        ),
    )
    return added
