"""Fetching a file: only together with what it was handed in with."""

from uuid import UUID

from bedside.record.attachments.models import Attachment
from bedside.record.attachments.refusals import NotAttached


def access_attachment(site: str, owner: str, attachment: UUID) -> Attachment:
    """Fetch one file of an owner whom the caller has already been given."""
    found = Attachment.objects.filter(site=site, owner=owner, pk=attachment).first()
    if found is None:
        raise NotAttached
    return found
