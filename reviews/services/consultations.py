"""The consultations: working languages and dates are proposed and confirmed (resolution 10/1, annex I, para. 11)."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import StateParty, User
from core import audit
from core.errors import ServiceError
from core.i18n import UN_LANGUAGES
from core.policy import Actor, SystemActor, require
from core.text import clean_text
from reviews.enums import News, ReviewAction, Side
from reviews.models import ConsultationConfirmation, ConsultationProposal, Review
from reviews.notifications import notify_news
from reviews.permissions import acting_hat, hat_of
from reviews.selectors.consultations import milestones_to_agree, standing_proposal, states_still_to_confirm
from reviews.selectors.participation import focal_points_of
from reviews.selectors.programme import limit_of
from reviews.services.locks import lock_review
from reviews.services.steps import reach_milestone, recompute_due_dates

_MAXIMUM_REASON, _MAXIMUM_NOTE = 2000, 2000  # characters


@transaction.atomic
def propose_consultation(
    *,
    actor: Actor,
    review: Review,
    languages: Sequence[str],
    reason: str = "",
    dates: Mapping[str, dt.date] | None = None,
    note: str = "",
) -> ConsultationProposal:
    """Propose languages and dates to the other States; what was proposed before no longer stands.

    ``dates`` maps short names of milestones to days; a milestone without one keeps that of the plan. A focal point
    confirms with the proposal. Raises ServiceError for no or too many languages, a third one without a reason, and
    for dates in the past of the review or out of order.
    """
    lock_review(review)
    require(actor, ReviewAction.PROPOSE_CONSULTATION, review)
    reason = clean_text(reason, maximum=_MAXIMUM_REASON, field="reason").strip()
    chosen = _checked_languages(review, languages, reason)
    hat = hat_of(actor, review)
    proposal = ConsultationProposal.objects.create(
        review=review,
        number=review.proposals.count() + 1,
        languages=chosen,
        reason=reason if len(chosen) > limit_of(review, "working_languages").value else "",
        dates=_checked_dates(review, dates or {}),
        note=clean_text(note, maximum=_MAXIMUM_NOTE, field="note").strip(),
        proposed_by=None if isinstance(actor, SystemActor) else actor,
        proposed_for_id=hat.state_party_id if hat else None,
    )
    audit.record(
        actor,
        "reviews.consultation.proposed",
        proposal,
        after={"number": proposal.number, "languages": chosen, "dates": proposal.dates},
    )
    if hat is not None:
        _confirm(actor, review, proposal)
    _tell(review, News.CONSULTATION_PROPOSED, proposal, but=actor)
    return proposal


@transaction.atomic
def confirm_consultation(*, actor: User, review: Review, number: int) -> ConsultationProposal:
    """Confirm the proposal with this number for the actor's State; the last word makes it agreed.

    Raises ServiceError when another proposal has come in the meantime, so that nobody confirms what he or she has
    not seen.
    """
    lock_review(review)
    require(actor, ReviewAction.CONFIRM_CONSULTATION, review)
    proposal = standing_proposal(review)
    if proposal is None or proposal.number != number:
        raise ServiceError(_("Another proposal has been made in the meantime. Please look at it first."))
    return _confirm(actor, review, proposal)


def _confirm(actor: User, review: Review, proposal: ConsultationProposal) -> ConsultationProposal:
    state = StateParty.objects.get(pk=acting_hat(actor, review).state_party_id)
    was_open = bool(states_still_to_confirm(review, proposal))
    _row, is_new = ConsultationConfirmation.objects.get_or_create(
        proposal=proposal, state_party=state, defaults={"focal_point": actor}
    )
    if is_new:
        audit.record(actor, "reviews.consultation.confirmed", proposal, after={"state": state.iso3})
        if was_open:  # a State that joined later may add its word to what is agreed
            settle(actor, review, proposal)
    return proposal


def settle(actor: Actor, review: Review, proposal: ConsultationProposal) -> None:
    """Make the standing proposal agreed where nobody's word is missing any more.

    The caller holds the review and has just given the last word, or found that one is not waited for.
    """
    if not states_still_to_confirm(review, standing_proposal(review) or proposal):
        _agree(actor, review, proposal)


def _agree(actor: User, review: Review, proposal: ConsultationProposal) -> None:
    """All have confirmed: languages and dates hold from now on; the officer opens the self-assessment."""
    Review.objects.filter(pk=review.pk).update(working_languages=proposal.languages)
    review.working_languages = proposal.languages
    for milestone in milestones_to_agree(review):
        # Without a date the plan's holds, also where another one was agreed before.
        day = proposal.dates.get(milestone.plan.slug)
        milestone.agreed_on = dt.date.fromisoformat(day) if day else None
        milestone.save(update_fields=["agreed_on", "updated_at"])
    if not reach_milestone(review, "consultations_held", timezone.localdate()):
        recompute_due_dates(review)
    audit.record(actor, "reviews.consultation.agreed", proposal, after={"number": proposal.number})
    _tell(review, News.CONSULTATION_AGREED, proposal)


def _tell(review: Review, news: News, proposal: ConsultationProposal, *, but: Actor = None) -> None:
    people = [*focal_points_of(review, Side.UNDER_REVIEW), *focal_points_of(review, Side.REVIEWING)]
    if review.officer and news == News.CONSULTATION_AGREED:
        people.append(review.officer)
    for user in people:
        if user != but:
            notify_news(user, review, news, page="reviews:consultation", key=str(proposal.pk))


def _checked_languages(review: Review, languages: Sequence[str], reason: str) -> list[str]:
    known = [code for code, _name in UN_LANGUAGES]
    chosen = list(dict.fromkeys(languages))
    if not chosen:
        raise ServiceError(_("Choose at least one working language."), field="languages")
    if set(chosen) - set(known):
        raise ServiceError(_("This is not one of the working languages of the mechanism."), field="languages")
    usual, most = limit_of(review, "working_languages").value, limit_of(review, "working_languages_with_reason").value
    if len(chosen) > most:
        message = ngettext(
            "A review has at most %(most)d working language.", "A review has at most %(most)d working languages.", most
        )
        raise ServiceError(message % {"most": most}, field="languages")
    if len(chosen) > usual and not reason:
        message = ngettext(
            "More than %(usual)d language is for exceptional circumstances. Say why.",
            "More than %(usual)d languages are for exceptional circumstances. Say why.",
            usual,
        )
        raise ServiceError(message % {"usual": usual}, field="reason")
    return chosen


def _checked_dates(review: Review, dates: Mapping[str, dt.date]) -> dict[str, str]:
    """Dates of known milestones, not before the review's start, and in the order of the plan where both are given."""
    milestones = milestones_to_agree(review)
    if unknown := set(dates) - {milestone.plan.slug for milestone in milestones}:
        raise ServiceError(_("No date can be agreed for this."), field=f"date_{min(unknown)}")
    earliest, checked = review.starts_on, {}
    for milestone in milestones:
        day = dates.get(milestone.plan.slug)
        if day is None:
            continue
        if day < earliest:
            message = _("This is before the start of the review, or before the date above.")
            raise ServiceError(message, field=f"date_{milestone.plan.slug}")
        earliest = day
        checked[milestone.plan.slug] = day.isoformat()
    return checked
