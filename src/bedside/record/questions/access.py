"""Reaching a question or an instruction: one's own, or by the role that answers for them."""

from uuid import UUID

from bedside.record.accounts.access import NotThere, Standing, access
from bedside.record.accounts.roles import May
from bedside.record.questions.models import Dispute, Instruction


def access_dispute(standing: Standing, dispute_id: UUID) -> Dispute:
    """Find a question that the person raised or answers for, or refuse."""
    found = Dispute.objects.filter(pk=dispute_id, site_id=standing.site).first()
    if found is None:
        raise NotThere
    if found.by != standing.person:
        access(standing, May.OWN_RULEBOOK)
    return found


def access_dispute_to_answer(standing: Standing, dispute_id: UUID) -> Dispute:
    """Find a question for whoever owns the rulebook, or refuse."""
    access(standing, May.OWN_RULEBOOK)
    return access_dispute(standing, dispute_id)


def access_instruction(standing: Standing, instruction_id: UUID) -> Instruction:
    """Find an instruction that the person noted, or that counsel and privacy may read."""
    found = Instruction.objects.filter(pk=instruction_id, site_id=standing.site).first()
    if found is None:
        raise NotThere
    if found.by != standing.person:
        access(standing, May.READ_JOURNAL)
    return found
