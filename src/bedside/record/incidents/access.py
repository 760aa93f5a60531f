"""Reaching a review, a rating that one was asked for, a corrective action, an evaluation."""

from uuid import UUID

from bedside.record.accounts.access import NotThere, NotYours, Standing, access
from bedside.record.accounts.roles import May, Role
from bedside.record.encounters.access import access_encounter
from bedside.record.encounters.models import Encounter
from bedside.record.incidents.models import Action, Evaluation, Review
from bedside.record.incidents.refusals import NotYourAction, NotYourRating
from bedside.record.letters.models import Raised
from bedside.record.reports.models import Report
from bedside.rules.incidents.taxonomy import Breach, load_types


def may_read_type(standing: Standing, code: str) -> bool:
    """Tell whether a person reads reviews of a type: a reviewer of all, privacy of its own."""
    if standing.may(May.REVIEW_REPORTS):
        return True
    type_ = load_types().get(code)
    return standing.may(May.READ_REVIEWS) and type_ is not None and type_.breach is not Breach.NO


def access_review(standing: Standing, case_id: UUID, *, to: May) -> Review:
    """Find a review that the person may do this to, or refuse."""
    access(standing, to)
    rows = Review.objects.filter(pk=case_id, site_id=standing.site)
    review = rows.select_related("report", "raised__letter__encounter").first()
    if review is None:
        raise NotThere
    if to is not May.REVIEW_REPORTS and not may_read_type(standing, review.code):
        raise NotYours
    return review


def access_rating(standing: Standing, case_id: UUID) -> Review:
    """Find a review whose harm this person was asked to rate, or refuse."""
    access(standing, May.RATE_HARM)
    rows = Review.objects.filter(pk=case_id, site_id=standing.site)
    review = rows.select_related("report", "raised__letter__encounter").first()
    if review is None:
        raise NotThere
    if standing.person not in (review.assigned_to, review.second_rater):
        raise NotYourRating
    return review


def access_untaken(standing: Standing, report_id: UUID) -> Report:
    """Find a report of this hospital that a reviewer may take, or refuse."""
    access(standing, May.REVIEW_REPORTS)
    report = Report.objects.filter(pk=report_id, site_id=standing.site).first()
    if report is None:
        raise NotThere
    return report


def access_raised(standing: Standing, raised_id: UUID) -> Raised:
    """Find something raised at this hospital that a reviewer may take, or refuse."""
    access(standing, May.REVIEW_REPORTS)
    rows = Raised.objects.filter(pk=raised_id, site_id=standing.site)
    raised = rows.select_related("letter__encounter").first()
    if raised is None:
        raise NotThere
    return raised


def access_action(standing: Standing, action_id: UUID) -> Action:
    """Find a corrective action that the person's role is to do, or a reviewer follows."""
    access(standing, May.REPORT)
    rows = Action.objects.filter(pk=action_id, review__site_id=standing.site)
    action = rows.select_related("review").first()
    if action is None:
        raise NotThere
    is_theirs = action.owner in {role.value for role in standing.roles}
    if not is_theirs and not standing.may(May.REVIEW_REPORTS):
        raise NotYourAction
    return action


def access_evaluated_stay(standing: Standing, stay_id: UUID) -> Encounter:
    """Find a stay whose patient this person treats, or refuse; no broken glass opens this."""
    stay = access_encounter(standing, stay_id, to=May.EVALUATE_ILL_TREATMENT)
    if not standing.may_in(May.EVALUATE_ILL_TREATMENT, stay.unit):
        raise NotYours
    return stay


def access_evaluation(stay: Encounter, evaluation_id: UUID) -> Evaluation:
    """Find an evaluation of a stay that was reached, or refuse."""
    found = Evaluation.objects.filter(pk=evaluation_id, encounter=stay).first()
    if found is None:
        raise NotThere
    return found


OWNERS = tuple(role for role in Role if role is not Role.STAFF_KEEPER)
