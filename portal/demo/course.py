"""Takes a review of the demo from its opening to the stage at which it is planned to stand."""

import datetime as dt
from random import Random

from django.utils import timezone

from dialogue.conclusion import conclude_for_all
from observations.texts.enums import TextKind
from portal.demo.answers import answer_until
from portal.demo.audiences import let_names_stand, open_answers
from portal.demo.exchange import Exchange
from portal.demo.meetings import agree_on_notes, plan_meetings
from portal.demo.plan import PlannedReview
from portal.demo.teams import ACTOR, DemoTeam, Teams
from portal.demo.texts import Texts
from portal.demo.threads import discuss
from questionnaires.sending import open_response
from questionnaires.submissions import get_submission
from reviews.cases.models import Review
from reviews.consultations import confirm_consultation, go_ahead_without, propose_consultation
from reviews.steps import reach_row

# Days after the start at which the States of the demo reached the milestones of each step.
_DAYS = {
    "consultations": {"focal_points_appointed": 11, "experts_designated": 26, "consultations_held": 40},
    "self_assessment": {"answers_sent": 178},
    "written_feedback": {"answers_processed": 206, "feedback_sent": 352},
    "dialogue": {"feedback_processed": 380, "dialogue_held": 640},
    "observations": {"list_agreed": 672},
    "summary": {"summary_cleared": 722},
}
_NAMING = {"focal_points_appointed": "focal_point", "experts_designated": "governmental_expert"}
_BY_THE_SECRETARIAT = frozenset({"answers_processed", "feedback_processed"})  # while the step goes on
_LEFT_TO_THE_ACT = 14  # a milestone of the last days is reached by the act itself, today
_HALF, _WHOLE = 2, 4  # comments on each instrument
# How far each request for clarification has come.
_REQUESTS_IN_DIALOGUE = ("closed", "answered", "answer_drafted", "asked", "asked", "drafted")
_REQUESTS_AFTERWARDS = ("closed", "answered", "closed")
_DRAFTED_IN_DIALOGUE = 3  # observations


def reach_first_milestones(planned: PlannedReview, review: Review) -> None:
    """Those of the consultations as far as they have come: before anybody is registered, which reaches them today."""
    named = {slug for slug, role in _NAMING.items() if role not in planned.missing_roles and not planned.absent}
    is_over = planned.is_past("consultations")
    _reach(review, {slug: day for slug, day in _DAYS["consultations"].items() if is_over or slug in named})


def take_on(planned: PlannedReview, review: Review, teams: Teams, random: Random) -> None:
    """All that happens after the States have named their people, act by act."""
    if not _consult(planned, review, teams):
        return
    response = open_response(ACTOR, review)
    _reach_milestones_gone_by(planned, review)
    if not answer_until(planned, response, teams.own, random):
        return
    review.refresh_from_db()
    exchange = Exchange(review, teams, get_submission(review), random)
    if not _give_feedback(planned, exchange):
        return
    review.refresh_from_db()
    texts = Texts(exchange)
    if not _hold_dialogue(planned, exchange, texts):
        return
    review.refresh_from_db()
    _agree_on_texts(planned, texts)


def _reach(review: Review, days: dict[str, int]) -> None:
    for slug, day in days.items():
        milestone = review.milestones.select_related("review").get(plan__slug=slug)
        reach_row(milestone, review.starts_on + dt.timedelta(days=day))


def _reach_milestones_gone_by(planned: PlannedReview, review: Review) -> None:
    """Those that the services would date today, though they belong to a day long past."""
    elapsed = (timezone.localdate() - review.starts_on).days
    for step, days in _DAYS.items():
        gone_by = {
            slug: day
            for slug, day in days.items()
            if day + _LEFT_TO_THE_ACT <= elapsed
            and (planned.is_past(step) or (planned.step == step and slug in _BY_THE_SECRETARIAT))
        }
        _reach(review, gone_by)


def _consult(planned: PlannedReview, review: Review, teams: Teams) -> bool:
    """Propose languages and dates, and confirm them; give whether all have."""
    if planned.absent:
        absent = next(team.state for team in teams.reviewing if team.state.iso3 == planned.absent)
        go_ahead_without(actor=ACTOR, review=review, state_party=absent, reason=planned.reason)
    if planned.until == "consultations":
        return False
    proposal = propose_consultation(
        actor=teams.own.focal_point,
        review=review,
        languages=planned.languages,
        reason=planned.reason,
        note=planned.note,
        dates={slug: review.starts_on + dt.timedelta(days=day) for slug, day in planned.agreed_days.items()},
    )
    is_over = planned.until != "half_confirmed"
    confirming: tuple[DemoTeam, ...] = teams.reviewing if is_over else teams.reviewing[:1]
    for team in confirming:
        confirm_consultation(actor=team.focal_point, review=review, number=proposal.number)
    return is_over


def _give_feedback(planned: PlannedReview, exchange: Exchange) -> bool:
    """Draft and send the written feedback; give whether all of it was sent."""
    first, second = exchange.teams.reviewing
    if planned.until == "sent":
        return False
    exchange.draft_feedback(first, _HALF if planned.until == "feedback_drafted" else _WHOLE)
    exchange.draft_feedback(second, _WHOLE if planned.is_past("written_feedback") else _HALF)
    if planned.until == "feedback_drafted":
        exchange.clarify(["drafted"])
        return False
    exchange.send_feedback(first)
    if planned.until == "feedback_sent_by_one":
        return False
    exchange.send_feedback(second)
    return True


def _hold_dialogue(planned: PlannedReview, exchange: Exchange, texts: Texts) -> bool:
    """Ask, answer, provide sources, meet; give whether the dialogue was concluded."""
    is_over = planned.is_past("dialogue")
    for number, team in enumerate(exchange.teams.reviewing[: 1 if is_over else 2]):
        exchange.reply(team, number, is_sent=number == 0)
    exchange.clarify(_REQUESTS_AFTERWARDS if is_over else _REQUESTS_IN_DIALOGUE)
    exchange.provide_sources(with_draft=not is_over)
    exchange.meet(is_over=is_over)
    if not is_over:
        exchange.revise()
        plan_meetings(exchange.review, exchange.teams)
        agree_on_notes(exchange.review, exchange.teams)
        discuss(exchange.review, exchange.teams)
        texts.draft_some(exchange.teams.reviewing[1], _DRAFTED_IN_DIALOGUE)
        conclude_for_all([exchange.teams.reviewing[1].focal_point], exchange.review)
        return False
    conclude_for_all(exchange.teams.focal_points, exchange.review)
    return True


def _agree_on_texts(planned: PlannedReview, texts: Texts) -> None:
    """Write the lists, shorten the summaries drawn from them, and settle each as far as it is planned to be."""
    is_list_agreed, is_summary_agreed = planned.is_past("observations"), planned.is_past("summary")
    for instrument in texts.instruments():
        how_far = "agreed" if is_list_agreed else planned.texts[instrument]
        texts.write_list(instrument, keeps_some=how_far == "drafted")
        texts.settle(instrument, TextKind.LIST_OF_OBSERVATIONS, how_far)
    if not is_list_agreed:
        return
    for instrument in texts.instruments():
        how_far = "agreed" if is_summary_agreed else planned.texts[instrument]
        texts.shorten_summary(instrument)
        if how_far == "drafted":
            texts.merge(instrument)
            texts.suggest(instrument)
        texts.settle(instrument, TextKind.SUMMARY, how_far)
    if any(each.names_experts for each in planned.published):
        let_names_stand(texts.review)
    if planned.step == "summary":
        for language in planned.languages[1:]:
            texts.have_translated("firearms", TextKind.SUMMARY, language)
        texts.agree_on_languages("firearms", TextKind.SUMMARY, planned.languages[1:])
    for published in planned.published:
        texts.publish(published)
    if planned.step == "closed":
        texts.follow_up()
    open_answers(texts.review, texts.exchange.teams, planned.answers_open)
