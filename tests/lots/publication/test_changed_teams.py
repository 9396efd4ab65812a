"""A draw that replaces a reviewing State, or draws a team once more, moves the review that is open."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone

from accounts.affiliations import affiliate_mission
from accounts.people.models import User
from accounts.states.models import StateParty
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError, can
from dialogue.exchange.models import WrittenFeedback
from dialogue.exchange.selectors import states_with_feedback_to_come
from dialogue.feedback.services import clear_feedback, hash_of_draft
from dialogue.threads.models import ReleaseByExperts
from lots.algorithm import Switches
from lots.course.services import request_void
from lots.draws.enums import DrawBasis, DrawStatus
from lots.draws.models import Draw
from lots.preparation.selectors.inputs import input_for
from lots.preparation.selectors.teams import outlook_on
from lots.publication.selectors import check_before_publication
from lots.publication.services.publication import publish_draw
from lots.results.selectors import drawn_states
from questionnaires.definitions.selectors import index_of
from questionnaires.sending.services import open_response
from reviews.cases.enums import ParticipationRole, ReviewAction, ReviewingBasis
from reviews.cases.models import Participation, Review, ReviewMilestone, StepChange
from reviews.consultations.selectors import standing_words
from reviews.consultations.services import confirm_consultation, propose_consultation
from reviews.programme.models import Step
from reviews.registration.services.participation import register_participant
from tests.dialogue.exchange.exchange import comment
from tests.factories.accounts import AuditorFactory, UserFactory
from tests.lots.making import Officers, make_draw, phase_of, taken_to
from tests.lots.pages import PREPARE, errors_of, text_of
from tests.lots.preparation.test_builds_on import LATER, assert_verified
from tests.utils import SYSTEM, clear_answers, first_answer, save

pytestmark = [pytest.mark.django_db, pytest.mark.kept(taken_to, DrawStatus.PUBLISHED)]
UNDER_REVIEW = "XVE"


@pytest.fixture
def review(draw: Draw) -> Review:
    return draw.entries.get(state_party__iso3=UNDER_REVIEW).review


def team_of(review: Review) -> set[StateParty]:
    return {row.state_party for row in review.reviewing_states.select_related("state_party")}


def person(review: Review, state: StateParty, role: str = ParticipationRole.FOCAL_POINT) -> User:
    user = UserFactory(full_name=f"{role} of {state.iso3}")
    register_participant(actor=SYSTEM, review=review, user=user, state_party=state, role=ParticipationRole(role))
    return user


def leaving_of(review: Review) -> StateParty:
    """The reviewing State that these tests replace: in its own group nobody is to be had in its place."""
    return review.reviewing_states.filter(basis=ReviewingBasis.OTHER_GROUP).earliest("state_party__iso3").state_party


def replaced(review: Review, status: str = DrawStatus.PUBLISHED, **more: Any) -> Draw:
    pair = (leaving_of(review).iso3, UNDER_REVIEW)
    return make_draw(status, as_of=LATER, basis=DrawBasis.SUPPLEMENTARY, replaced=[pair], **more)


def test_one_leaves_one_comes_and_the_review_stays_where_it_is(draw: Draw, review: Review, tmp_path: Path) -> None:
    before, leaving = team_of(review), leaving_of(review)
    step, dates = review.step, set(ReviewMilestone.objects.filter(review=review).values_list("plan__slug", "due_on"))
    changed = replaced(review)
    review.refresh_from_db()
    after = team_of(review)
    assert before - after == {leaving}
    assert len(after - before) == 1
    assert {each.state for each in drawn_states(changed)[0].reviewers} == after
    assert review.step == step
    assert set(ReviewMilestone.objects.filter(review=review).values_list("plan__slug", "due_on")) == dates
    assert Review.objects.count() == 25
    assert changed.entries.get(state_party__iso3=UNDER_REVIEW).review == review
    assert_verified(tmp_path, draw, changed)


def test_what_each_covers_is_what_was_drawn(draw: Draw, review: Review) -> None:
    changed = replaced(review)
    (drawn,) = drawn_states(changed)
    covered = {
        row.state_party.iso3: set(row.instruments.values_list("slug", flat=True))
        for row in review.reviewing_states.all()
    }
    under_review = set(review.instruments.values_list("slug", flat=True))
    assert covered == {
        each.state.iso3: {instrument.slug for instrument in each.instruments} & under_review for each in drawn.reviewers
    }


def test_who_leaves_reads_nothing_more_and_the_record_and_the_mails_name_it(draw: Draw, review: Review) -> None:
    leaving = leaving_of(review)
    old, expert = person(review, leaving), person(review, leaving, ParticipationRole.GOVERNMENTAL_EXPERT)
    own = person(review, review.state_under_review)
    Notification.objects.all().delete()
    by = Officers()
    changed = replaced(review, officers=by)
    assert not any(can(user, ReviewAction.VIEW, Review.objects.get(pk=review.pk)) for user in (old, expert))
    ended = Participation.objects.filter(review=review, state_party=leaving)
    assert {row.ended_at is not None for row in ended} == {True}
    entry = AuditEntry.objects.get(verb="reviews.review.team_changed")
    (came,) = entry.after["came"]
    assert entry.before == {"left": [leaving.iso3], "reviewers_share_room": False, "instruments": {}}
    assert entry.after == {"came": [came], "draw": changed.code, "instruments": {}}
    assert {leaving.iso3, came, UNDER_REVIEW} <= set(entry.concerned_states)
    assert entry.actor == by.runner
    told = {(row.recipient, row.template) for row in Notification.objects.all()}
    assert {(old, "reviews/ended"), (expert, "reviews/ended"), (own, "reviews/news")} <= told
    news = Notification.objects.get(recipient=own, template="reviews/news")
    assert news.context["sentence"].startswith("The lots were drawn once more")


def test_the_mission_of_who_comes_is_asked_for_its_people(draw: Draw, review: Review) -> None:
    prepared = replaced(review, DrawStatus.DRAWN)
    (came,) = {each.state for each in drawn_states(prepared)[0].reviewers} - team_of(review)
    mission = UserFactory()
    affiliate_mission(mission, came)
    publish_draw(actor=Officers().runner, draw=prepared)
    assert Notification.objects.filter(recipient=mission, template="reviews/note_news").count() == 1
    assert AuditEntry.objects.filter(verb="reviews.nominations.asked").latest("pk").after["states"] == [came.iso3]


def at_feedback(review: Review) -> dict[str, User]:
    """Take the review to the feedback, with a focal point of each of its States."""
    people = {state.iso3: person(review, state) for state in (review.state_under_review, *team_of(review))}
    response = open_response(SYSTEM, review)
    own = people[UNDER_REVIEW]
    item = index_of(response.version_id).applicable_sections(response.party_to)[0].section.items[0]
    save(response, own, item.code, **first_answer(item))
    clear_answers(own, response)
    review.refresh_from_db()
    return people


def test_at_the_feedback_who_comes_writes_its_own_and_what_was_sent_stays(draw: Draw, review: Review) -> None:
    people = at_feedback(review)
    leaving = leaving_of(review)
    own = WrittenFeedback.objects.get(review=review, state_party=leaving)
    instrument = review.reviewing_states.get(state_party=leaving).instruments.first()
    assert instrument is not None
    comment(review, leaving, people[leaving.iso3], "What we found.")
    own.refresh_from_db()
    clear_feedback(actor=people[leaving.iso3], feedback=own, sha256=hash_of_draft(own), number=1)
    replaced(review)
    (came,) = team_of(review) - {state for state in team_of(review) if state.iso3 in people}
    own.refresh_from_db()
    assert (own.status, own.room_id, own.document["reviewing_state"]) == ("sent", None, leaving.iso3)
    assert came in states_with_feedback_to_come(review)
    feedback = WrittenFeedback.objects.get(review=review, state_party=came)
    assert (feedback.status, feedback.room) == ("draft", came)
    review.refresh_from_db()
    assert review.step.kind == "feedback"


def test_what_was_not_sent_stays_in_a_closed_room_and_nobody_waits_for_it(draw: Draw, review: Review) -> None:
    people = at_feedback(review)
    leaving = leaving_of(review)
    comment(review, leaving, people[leaving.iso3], "Never sent.")
    replaced(review)
    draft = WrittenFeedback.objects.get(review=review, state_party=leaving)
    assert (draft.status, draft.room) == ("draft", leaving)
    assert leaving not in states_with_feedback_to_come(review)
    with pytest.raises((Http404, PolicyRefusedError)):
        comment(review, leaving, people[leaving.iso3], "Too late.")
    for state in team_of(review):
        user = people.get(state.iso3) or person(review, state)
        comment(review, state, user, "Found.")
        own = WrittenFeedback.objects.get(review=review, state_party=state)
        clear_feedback(actor=user, feedback=own, sha256=hash_of_draft(own), number=1)
    review.refresh_from_db()
    assert review.step.kind == "dialogue"


def test_in_the_consultations_the_word_of_who_comes_is_waited_for(draw: Draw, review: Review) -> None:
    people = {state.iso3: person(review, state) for state in (review.state_under_review, *team_of(review))}
    proposal = propose_consultation(actor=people[UNDER_REVIEW], review=review, languages=["en"])
    staying = [state for state in team_of(review) if state != leaving_of(review)]
    for state in staying:
        confirm_consultation(actor=people[state.iso3], review=review, number=proposal.number)
    replaced(review)
    (came,) = team_of(review) - {*staying}
    words = standing_words(review)
    assert words is not None
    assert words.missing == [came]
    confirm_consultation(actor=person(review, came), review=review, number=proposal.number)
    review.refresh_from_db()
    assert review.working_languages == ["en"]


def test_a_common_room_ends_for_who_comes_has_not_opened_its_own(draw: Draw, review: Review) -> None:
    review.reviewing_states.update(opens_room_at=timezone.now())
    Review.objects.filter(pk=review.pk).update(reviewers_share_room=True)
    replaced(review)
    review.refresh_from_db()
    assert not review.reviewers_share_room
    assert AuditEntry.objects.get(verb="reviews.review.team_changed").before["reviewers_share_room"] is True


def test_whom_a_state_that_leaves_let_release_is_not_what_it_comes_back_with(draw: Draw, review: Review) -> None:
    leaving = leaving_of(review)
    chosen = ReleaseByExperts.objects.create(review=review, state_party=leaving, chosen_by=person(review, leaving))
    by = Officers()
    replaced(review, officers=by)
    chosen.refresh_from_db()
    assert (chosen.ended_at is not None, chosen.ended_by) == (True, by.runner)


def test_a_whole_team_is_drawn_once_more(draw: Draw, review: Review, tmp_path: Path) -> None:
    before = team_of(review)
    changed = make_draw(as_of=LATER, basis=DrawBasis.SUPPLEMENTARY, switches=Switches(redraw=(UNDER_REVIEW,)))
    assert team_of(review) == {each.state for each in drawn_states(changed)[0].reviewers}
    assert team_of(review) != before
    assert_verified(tmp_path, draw, changed)


# --- What is refused


@pytest.mark.parametrize(
    ("basis", "switches", "pairs", "field", "words"),
    [
        (DrawBasis.SUPPLEMENTARY, Switches(), [("XAL", "XAL")], "replaced", "does not review"),
        (DrawBasis.SUPPLEMENTARY, Switches(redraw=("ABC",)), [], "redraw", "No review of these States runs"),
        (DrawBasis.FIRST, Switches(), [("XAL", "XVE")], "replaced", "in a supplementary draw"),
        (DrawBasis.SUPPLEMENTARY, Switches(redraw=("XVE",)), [("XAL", "XVE")], "replaced", "are drawn anyhow"),
    ],
)
def test_what_cannot_be_is_told_by_the_field(
    draw: Draw, basis: DrawBasis, switches: Switches, pairs: list[tuple[str, str]], field: str, words: str
) -> None:
    with pytest.raises(ServiceError, match=words) as refusal:
        input_for(phase_of(3), LATER, switches, is_training=True, basis=basis, replaced=pairs)
    assert refusal.value.field == field


def closed(review: Review) -> None:
    step = Step.objects.get(mechanism=review.mechanism, kind="closing")
    Review.objects.filter(pk=review.pk).update(step=step)


def test_a_review_that_is_closed_keeps_its_team(draw: Draw, review: Review) -> None:
    prepared = replaced(review, DrawStatus.DRAWN)
    closed(review)
    with pytest.raises(ServiceError, match="No review of these States runs in this phase"):
        publish_draw(actor=Officers().runner, draw=prepared)
    assert [finding.key for finding in check_before_publication(prepared).stops] == ["ended"]
    with pytest.raises(ServiceError, match="No review of these States runs") as refusal:
        replaced(review, DrawStatus.PREPARED)
    assert refusal.value.field == "replaced"


def test_it_is_not_voided_once_it_is_published_and_no_review_is_withdrawn(draw: Draw, review: Review) -> None:
    changed = replaced(review)
    with pytest.raises(ServiceError, match="Draw their teams once more instead"):
        request_void(actor=Officers().keeper, draw=changed, reason="A mistake.")
    assert Review.objects.filter(pk=review.pk).exists()


def test_all_or_nothing(draw: Draw, review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared, before = replaced(review, DrawStatus.DRAWN), team_of(review)
    monkeypatch.setattr("lots.publication.services.publication.ask_for_nominations", _broken)
    with pytest.raises(RuntimeError):
        publish_draw(actor=Officers().runner, draw=prepared)
    assert team_of(review) == before
    assert not AuditEntry.objects.filter(verb="reviews.review.team_changed").exists()


def _broken(**_given: Any) -> None:
    raise RuntimeError


def test_nobody_but_an_officer_changes_a_team(draw: Draw, review: Review) -> None:
    people = [AuditorFactory(), person(review, review.state_under_review), person(review, leaving_of(review))]
    assert not any(can(user, ReviewAction.CHANGE_TEAM, review) for user in people)
    assert can(Officers().keeper, ReviewAction.CHANGE_TEAM, review)


# --- Pages


def test_it_is_prepared_on_the_page_and_explained_before_it_is_frozen(
    draw: Draw, review: Review, login_as: Callable[[User], Client]
) -> None:
    client, leaving = login_as(Officers().keeper), leaving_of(review)
    sent = {
        "phase": "3", "kind": "training", "as_of": "2025-11-01", "basis": "supplementary", "act": "report",
        "stratify": "on", "load": "hard", "reio_group": "Western European and other States", "legal_system": "off",
        "defer": "off", "replaced": f"{leaving.name} > {UNDER_REVIEW}",
    }  # fmt: skip
    page = client.post(PREPARE, sent)
    assert "What becomes of reviews that are open" in text_of(page)
    (team,) = page.context["teams"]
    assert (team.review, team.leaving, team.is_redraw) == (review, [leaving], False)
    assert {*team.staying} == team_of(review) - {leaving}
    client.post(PREPARE, {**sent, "act": "freeze", "shown": page.context["commitment"]})
    frozen = Draw.objects.latest("created_at")
    assert frozen.terms["replace"] == [f"{leaving.iso3}>{UNDER_REVIEW}"]
    wrong = client.post(PREPARE, {**sent, "replaced": "XAL XVE"})
    assert errors_of(wrong) == {"replaced": ["Line 1: write one pair, with the sign > between the two States."]}


def test_the_page_of_publishing_says_who_leaves_and_who_comes(
    draw: Draw, review: Review, login_as: Callable[[User], Client]
) -> None:
    prepared = replaced(review, DrawStatus.DRAWN)
    (came,) = {each.state for each in drawn_states(prepared)[0].reviewers} - team_of(review)
    page = login_as(Officers().runner).get(f"/en/untoc/draws/{prepared.code}/publish/")
    words = text_of(page)
    assert "1 review that is open goes on with other reviewing States" in words
    assert f"no longer reviewing: {leaving_of(review).name}. New: {came.name}." in words.replace("\u2068", "").replace(
        "\u2069", ""
    )
    assert "reviews of phase 3 are opened" not in words


def test_who_stays_with_other_instruments_is_named_and_the_officer_goes_on_with_that(
    draw: Draw, review: Review
) -> None:
    prepared = replaced(review, DrawStatus.DRAWN)
    before = check_before_publication(prepared)
    row = review.reviewing_states.exclude(state_party=leaving_of(review)).select_related("state_party")[0]
    drawn_for = list(row.instruments.all())
    assert len(drawn_for) > 1
    row.instruments.remove(drawn_for[0])
    after = check_before_publication(prepared)
    (finding,) = [each for each in after.findings if each.key == "teams"]
    words = finding.words.replace("\u2068", "").replace("\u2069", "")
    assert f"With other instruments: {row.state_party.name} ({drawn_for[0].short_name}" in words
    assert before.seen != after.seen
    publish_draw(actor=Officers().runner, draw=prepared, seen=after.seen)
    entry = AuditEntry.objects.get(verb="reviews.review.team_changed")
    code, slugs = row.state_party.iso3, [instrument.slug for instrument in drawn_for]
    assert (entry.before["instruments"], entry.after["instruments"]) == ({code: slugs[1:]}, {code: slugs})


def test_the_outlook_asks_three_times_however_many_reviews_there_are(
    draw: Draw, review: Review, django_assert_num_queries: Any
) -> None:
    phase = phase_of(3)
    others = [
        code for code in Review.objects.values_list("state_under_review__iso3", flat=True) if code != UNDER_REVIEW
    ]
    for codes in [(UNDER_REVIEW,), (UNDER_REVIEW, *others[:3])]:
        given = input_for(
            phase, LATER, Switches(redraw=codes), is_training=True, basis=DrawBasis.SUPPLEMENTARY, replaced=[]
        )
        with django_assert_num_queries(3):
            assert {team.review.state_under_review.iso3 for team in outlook_on(phase, given)} == {*codes}


def test_no_step_is_taken_by_it(draw: Draw, review: Review) -> None:
    before = list(StepChange.objects.filter(review=review).values_list("pk", flat=True))
    replaced(review)
    assert list(StepChange.objects.filter(review=review).values_list("pk", flat=True)) == before
