"""Working languages and dates are proposed and confirmed (resolution 10/1, annex I, para. 11); silence may count."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from accounts.people import Actor
from accounts.people.models import User
from accounts.states.models import StateParty
from core import audit
from core.errors import ServiceError
from core.language.i18n import UN_LANGUAGES
from core.language.text import clean_text
from core.policy import SystemActor, require
from reviews.agreement import require_current
from reviews.capacities import require_capacity, speaker_of
from reviews.cases import limit_of, lock_review, tell
from reviews.cases.enums import News, ReviewAction
from reviews.cases.models import Review
from reviews.consultations.mails import notify_silence_near
from reviews.consultations.models import ConsultationProposal
from reviews.consultations.selectors import (
    StandingWords,
    days_told,
    milestones_to_agree,
    reviews_under_the_rule,
    silence_days,
    silence_rule_of,
    standing_proposal,
    standing_words,
)
from reviews.opening import TeamChange
from reviews.participation import focal_points_of
from reviews.programme.enums import MilestoneKind, StepKind
from reviews.steps import reach_milestone, recompute_due_dates
from reviews.visibility import states_taking_part

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

    In the first of the ``languages`` the texts are written. ``dates`` maps short names of milestones to days; a
    milestone without one keeps that of the plan. A focal point confirms with the proposal. Raises ServiceError for no
    or too many languages, a third one without a reason, and for dates in the past of the review or out of order.
    """
    lock_review(review)
    require(actor, ReviewAction.PROPOSE_CONSULTATION, review)
    reason = clean_text(reason, maximum=_MAXIMUM_REASON, field="reason").strip()
    chosen = _checked_languages(review, languages, reason)
    person, state = speaker_of(actor, review)
    proposal = ConsultationProposal.objects.create(
        review=review,
        number=review.proposals.count() + 1,
        languages=chosen,
        reason=reason if len(chosen) > limit_of(review, "working_languages").value else "",
        dates=_checked_dates(review, dates or {}),
        note=clean_text(note, maximum=_MAXIMUM_NOTE, field="note").strip(),
        proposed_by=person,
        proposed_for_id=state,
    )
    audit.record(
        actor,
        "reviews.consultation.proposed",
        proposal,
        after={"number": proposal.number, "languages": chosen, "dates": proposal.dates},
    )
    if person is not None and state is not None:
        _confirm(person, review, proposal)
    _tell(focal_points_of(review), review, News.CONSULTATION_PROPOSED, proposal, but=actor)
    return proposal


@transaction.atomic
def confirm_consultation(*, actor: User, review: Review, number: int) -> ConsultationProposal:
    """Confirm the proposal with this number for the actor's State; the last word makes it agreed.

    Raises ServiceError when another proposal has come in the meantime, so that nobody confirms what he or she has
    not seen.
    """
    lock_review(review)
    require(actor, ReviewAction.CONFIRM_CONSULTATION, review)
    stale = ServiceError(_("Another proposal has been made in the meantime. Please look at it first."))
    return _confirm(actor, review, require_current(standing_proposal(review), stale, number=number))


def _confirm(actor: User, review: Review, proposal: ConsultationProposal) -> ConsultationProposal:
    before = standing_words(review)
    state = StateParty.objects.get(pk=require_capacity(actor, review).state_party_id)
    _row, is_new = proposal.confirmations.get_or_create(state_party=state, defaults={"focal_point": actor})
    if is_new:
        audit.record(actor, "reviews.consultation.confirmed", proposal, after={"state": state.iso3})
        settle(actor, review, before)
    return proposal


def settle(actor: Actor, review: Review, before: StandingWords | None) -> None:
    """Make the standing proposal agreed where the last word that was missing ``before`` has come, or is not waited for
    any more. A State that joined later may add its word to what is agreed, and changes nothing by it.

    The caller holds the review.
    """
    words = standing_words(review)
    if words is not None and words.is_agreed and before is not None and before.missing:
        _agree(actor, review, words.proposal)


def follow_team(actor: Actor, review: Review, change: TeamChange) -> None:
    """After the team has changed: what only a State that has left had not confirmed is agreed; see ``follows_team``."""
    if review.step.kind == StepKind.CONSULTATION:
        stayed = [state for state in states_taking_part(review) if state not in change.came]
        settle(actor, review, standing_words(review, [*stayed, *change.left]))


def _agree(actor: Actor, review: Review, proposal: ConsultationProposal) -> None:
    """All have confirmed: languages and dates hold from now on; the officer opens the self-assessment."""
    Review.objects.filter(pk=review.pk).update(working_languages=proposal.languages)
    review.working_languages = proposal.languages
    for milestone in milestones_to_agree(review):
        # Without a date the plan's holds, also where another one was agreed before.
        day = proposal.dates.get(milestone.plan.slug)
        milestone.agreed_on = dt.date.fromisoformat(day) if day else None
        milestone.save(update_fields=["agreed_on", "updated_at"])
    if not reach_milestone(review, MilestoneKind.CONSULTATION, timezone.localdate()):
        recompute_due_dates(review)
    audit.record(actor, "reviews.consultation.agreed", proposal, after={"number": proposal.number})
    _tell([*focal_points_of(review), review.officer], review, News.CONSULTATION_AGREED, proposal)


def _tell(
    people: Iterable[User | None],
    review: Review,
    news: News,
    proposal: ConsultationProposal,
    *,
    but: Actor | None = None,
) -> None:
    tell(people, review, news, page="reviews:consultation", key=str(proposal.pk), but=but)


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


_ACTOR = SystemActor("reviews.count_silence")


def count_silence(today: dt.date) -> tuple[int, int]:
    """Announce and count the silence of all States under the rule; give how many were announced and how many counted.

    Doing it twice, or in two workers at once, announces and counts nothing twice. The rule is ours: resolution 10/1
    knows none, so that no mechanism has it until its secretariat sets a number of days.
    """
    announced = counted = 0
    for review in reviews_under_the_rule().iterator(chunk_size=200):
        told, taken = _count_in(review, today)
        announced, counted = announced + told, counted + taken
    return announced, counted


@transaction.atomic
def _count_in(review: Review, today: dt.date) -> tuple[int, int]:
    """In one transaction and under the review's lock: a focal point who speaks first is heard, and nobody twice."""
    lock_review(review)
    rule, words = silence_rule_of(review), standing_words(review)
    if rule is None or words is None or review.step.kind != StepKind.CONSULTATION:
        return 0, 0
    days = silence_days(review, words.proposal, words.missing, today)
    near, due = rule.turns(days, days_told(words.proposal), today)
    for state in words.missing:
        if state.pk in near:
            _announce(review, words.proposal, state, days[state.pk])
    for state in words.missing:
        if state.pk in due:
            _count(review, words.proposal, state)
    settle(_ACTOR, review, words)
    return len(near), len(due)


def _announce(review: Review, proposal: ConsultationProposal, state: StateParty, counts_on: dt.date) -> None:
    proposal.silence_notices.create(state_party=state, counts_on=counts_on)
    audit.record(
        _ACTOR,
        "reviews.consultation.silence_announced",
        proposal,
        after={"state": state.iso3, "counts_on": counts_on.isoformat()},
    )
    for user in focal_points_of(review, states=[state]):
        notify_silence_near(user, review, counts_on, key=str(proposal.pk))


def _count(review: Review, proposal: ConsultationProposal, state: StateParty) -> None:
    proposal.confirmations.create(state_party=state, focal_point=None)
    audit.record(_ACTOR, "reviews.consultation.silence_counted", proposal, after={"state": state.iso3})
    _tell(focal_points_of(review, states=[state]), review, News.SILENCE_COUNTED, proposal)
