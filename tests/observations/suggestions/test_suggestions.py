"""Suggested wordings: in whose room they begin, who decides, and that accepting one is an edit like any other."""

import pytest
from django.http import Http404

from accounts.people.models import User
from core.errors import ConflictError, ServiceError
from core.models import Notification
from core.policy import PolicyRefusedError
from observations.suggestions.models import Suggestion
from observations.suggestions.selectors import get_suggestion_for, rows_of, suggestions_visible_to
from observations.suggestions.services import SuggestionInput, accept_suggestion, lay_suggestion, suggest
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation, ObservationRevision, SummaryPassage
from observations.versions.selectors import standing_version
from observations.versions.shown import shown_of_text
from reviews.cases.enums import News
from reviews.cases.models import ReviewingState
from reviews.drafts.selectors import reviewers_have_drafts
from reviews.drafts.shown import Audience, Shown
from reviews.drafts.situations import shown_in_room, shown_on_table
from tests import journey
from tests.at_once import edit_passage
from tests.guards import guards_off
from tests.observations.clearance.texts import change, propose
from tests.observations.objections.threads import standing
from tests.observations.suggestions.wording import (
    STANDS,
    accept_now,
    lay_now,
    now,
    reject_now,
    suggest_now,
    withdraw_now,
    words_at,
)
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]
SHORTER = "The State should consider making its law on bribery apply to all who hold a public office."
SOFTER = STANDS.replace("should consider making", "is encouraged to make")


# --- Rooms


def test_an_experts_suggestion_stays_in_the_room_until_the_focal_point_lays_it(cast: Cast, first: Observation) -> None:
    draft = suggest_now(cast.expert, first, SHORTER)
    assert (draft.room, draft.status, draft.state_party) == (cast.state, "draft", cast.state)
    assert [suggestions_visible_to(cast.people[name], first.agreed_text).count() for name in READERS] == [1, 1, 0, 0, 0]
    with pytest.raises(Http404):
        get_suggestion_for(cast.same_group_focal_point, first.agreed_text, draft.pk)
    with pytest.raises(PolicyRefusedError):
        lay_now(cast.expert, draft)
    laid = lay_now(cast.focal_point, draft)
    assert (laid.room, laid.status, laid.tabled_by) == (None, "open", cast.focal_point)
    assert [suggestions_visible_to(cast.people[name], first.agreed_text).count() for name in READERS] == [1] * 5


READERS = ("focal_point", "expert", "same_group_focal_point", "other_group_expert", "officer")


def test_a_focal_points_suggestion_is_laid_at_once(cast: Cast, first: Observation) -> None:
    row = suggest_now(cast.focal_point, first, SHORTER, "Shorter.")
    assert (row.room, row.status, row.written_by, row.base_text) == (None, "open", cast.focal_point, STANDS)
    assert words_at(first) == STANDS


def test_who_only_looks_on_suggests_nothing(cast: Cast, first: Observation) -> None:
    for name in ("observer", "same_group_observer", "contributor", "officer", "stranger"):
        with pytest.raises((PolicyRefusedError, AttributeError)):
            suggest_now(cast.people[name], first, SHORTER)
    assert not Suggestion.objects.exists()


def test_a_draft_of_a_reviewing_state_keeps_its_room_from_being_opened(cast: Cast, first: Observation) -> None:
    suggest_now(cast.expert, first, SHORTER)
    assert not reviewers_have_drafts(cast.review), "that of the State under review is in no room that is opened"
    suggest_now(cast.other_group_expert, first, SHORTER)
    assert reviewers_have_drafts(cast.review)


# --- What the writer was shown


def test_a_suggestion_rests_on_what_its_author_was_shown(cast: Cast, text: AgreedText, first: Observation) -> None:
    change(cast, SOFTER)
    given = SuggestionInput(SHORTER)
    with pytest.raises(ConflictError) as refused:
        suggest(actor=cast.expert, place=first, given=given, base=1, shown=shown_in_room(cast.review, cast.state.pk))
    assert refused.value.current == SOFTER
    elsewhere = Shown(Audience.ROOM, frozenset({cast.same_group_state.iso3}))
    with pytest.raises(ConflictError, match="Nothing was saved"):
        suggest(actor=cast.expert, place=now(first), given=given, base=2, shown=elsewhere)
    with pytest.raises(ServiceError, match="already") as same:
        suggest_now(cast.expert, first, SOFTER)
    assert same.value.field == "text"


def test_a_draft_that_a_colleague_changed_is_not_laid_unseen(cast: Cast, first: Observation) -> None:
    draft = suggest_now(cast.expert, first, SHORTER)
    with pytest.raises(ServiceError, match="has changed"):
        lay_suggestion(actor=cast.focal_point, suggestion=draft, base=0, shown=shown_on_table(cast.review))


# --- Decisions


def test_who_may_change_the_text_accepts_and_the_text_says_so(cast: Cast, first: Observation) -> None:
    row = suggest_now(cast.focal_point, first, SHORTER)
    for name in ("focal_point", "other_group_focal_point", "same_group_expert", "officer"):
        with pytest.raises(PolicyRefusedError):
            accept_now(cast.people[name], row)
    done = accept_now(cast.same_group_focal_point, row)
    assert (done.status, done.outcome, done.decided_for) == ("accepted", SHORTER, cast.same_group_state)
    assert words_at(first) == SHORTER
    last = ObservationRevision.objects.filter(observation=first)[0]
    assert (last.number, last.text, last.saved_by) == (2, SHORTER, cast.same_group_focal_point)
    with pytest.raises(PolicyRefusedError):
        accept_now(cast.same_group_focal_point, row)


def test_of_an_observation_whose_state_has_left_the_others_decide(cast: Cast, first: Observation) -> None:
    row = suggest_now(cast.focal_point, first, SHORTER)
    with pytest.raises(PolicyRefusedError):
        accept_now(cast.other_group_focal_point, row)
    with guards_off(["reviews_reviewingstate"]):
        ReviewingState.objects.filter(review=cast.review, state_party=cast.same_group_state).delete()
    for name in ("focal_point", "other_group_expert"):
        with pytest.raises(PolicyRefusedError):
            accept_now(cast.people[name], row)
    (place,) = rows_of(User.objects.get(pk=cast.other_group_focal_point.pk), now(first).agreed_text)
    assert (place.decider, [each.may_accept for each in place.rows]) == (None, [True])
    done = accept_now(cast.other_group_focal_point, row)
    assert (done.status, done.decided_for, words_at(first)) == ("accepted", cast.other_group_state, SHORTER)


def test_a_part_of_it_may_be_accepted(cast: Cast, first: Observation) -> None:
    row = suggest_now(cast.focal_point, first, SHORTER.replace("consider making", "make"))
    assert accept_now(cast.same_group_focal_point, row, SHORTER).outcome == SHORTER
    other = suggest_now(cast.focal_point, first, SOFTER)
    with pytest.raises(ServiceError, match="already"):
        accept_now(cast.same_group_focal_point, other, SHORTER)


def test_accepting_cancels_the_version_that_stands_and_only_where_that_was_shown(
    cast: Cast, text: AgreedText, first: Observation
) -> None:
    row = suggest_now(cast.focal_point, first, SHORTER)
    before = shown_of_text(text)
    propose(cast, text)
    sha256 = standing(text).sha256
    suggest_now(cast.other_group_focal_point, first, SOFTER)
    assert standing(text).sha256 == sha256, "a suggestion is no part of the bytes, and cancels nothing"
    row = Suggestion.objects.get(pk=row.pk)
    with pytest.raises(ConflictError):
        accept_suggestion(actor=cast.same_group_focal_point, suggestion=row, text=SHORTER, base=1, shown=before)
    accept_now(cast.same_group_focal_point, row)
    assert standing_version(AgreedText.objects.get(pk=text.pk)) is None


def test_one_that_the_text_has_moved_beside_still_applies(cast: Cast, first: Observation) -> None:
    row = suggest_now(cast.focal_point, first, SHORTER)
    change(cast, STANDS.replace("The State", "Vetruvia"))
    accept_now(cast.same_group_focal_point, row)
    assert words_at(first) == SHORTER.replace("The State", "Vetruvia")


def test_one_that_the_text_has_overtaken_is_laid_anew(cast: Cast, first: Observation) -> None:
    row = suggest_now(cast.focal_point, first, SOFTER)
    change(cast, STANDS.replace("should consider making", "must make"))
    [at] = rows_of(cast.same_group_focal_point, first.agreed_text)
    assert [(each.is_overtaken, each.may_accept, each.may_reject) for each in at.rows] == [(True, False, True)]
    with pytest.raises(ServiceError, match="moved on"):
        accept_now(cast.same_group_focal_point, row, SOFTER)
    [at] = rows_of(cast.focal_point, first.agreed_text)
    assert [(each.may_lay_anew, each.may_withdraw) for each in at.rows] == [(True, True)]
    assert accept_now(cast.same_group_focal_point, suggest_now(cast.focal_point, first, SOFTER)).outcome == SOFTER


def test_a_rejection_has_a_reason_and_changes_nothing(cast: Cast, first: Observation) -> None:
    row = suggest_now(cast.focal_point, first, SHORTER)
    with pytest.raises(ServiceError, match="Say why"):
        reject_now(cast.same_group_focal_point, row, " ")
    done = reject_now(cast.same_group_focal_point, row)
    assert (done.status, done.reason, words_at(first)) == ("rejected", "It says more than the answers.", STANDS)


def test_its_state_withdraws_it_and_a_draft_disappears(cast: Cast, first: Observation) -> None:
    draft, row = suggest_now(cast.expert, first, SOFTER), suggest_now(cast.focal_point, first, SHORTER)
    with pytest.raises(PolicyRefusedError):
        withdraw_now(cast.expert, row)
    withdraw_now(cast.expert, draft)
    withdraw_now(cast.focal_point, row)
    assert [each.status for each in Suggestion.objects.all()] == ["withdrawn"]
    with pytest.raises(PolicyRefusedError):
        reject_now(cast.same_group_focal_point, row)


def test_one_that_changes_no_word_is_a_comment_and_is_answered(cast: Cast, first: Observation) -> None:
    row = suggest_now(cast.focal_point, first, STANDS, "Which law is meant?")
    assert row.is_comment
    change(cast, SOFTER)
    with pytest.raises(ServiceError, match="comment"):
        accept_now(cast.same_group_focal_point, row, SHORTER)
    done = reject_now(cast.same_group_focal_point, row, "The Criminal Code.")
    assert (str(done.standing_words), words_at(first)) == ("Answered", SOFTER)


# --- Who is told


def test_who_decides_is_told_and_the_author_learns_what_was_decided(cast: Cast, first: Observation) -> None:
    row = lay_now(cast.focal_point, suggest_now(cast.expert, first, SHORTER))
    assert told(News.SUGGESTION_LAID) == {cast.same_group_focal_point}
    reject_now(cast.same_group_focal_point, row)
    assert told(News.SUGGESTION_DECIDED) == {cast.expert, cast.focal_point}
    assert not any(SHORTER in str(each.context) for each in Notification.objects.all())


def told(news: News) -> set[User]:
    return {each.recipient for each in Notification.objects.filter(key__startswith=f"{news}:")}


# --- Summaries


@pytest.mark.stage("summary")
def test_a_passage_is_changed_by_either_reviewing_state(cast: Cast) -> None:
    text = AgreedText.objects.get(review=cast.review, instrument__slug="untoc", kind=TextKind.SUMMARY)
    passage = SummaryPassage.objects.filter(agreed_text=text)[0]
    edit_passage(actor=cast.same_group_focal_point, passage=passage, text=STANDS, base=passage.revision)
    row = suggest_now(cast.focal_point, passage, SHORTER)
    with pytest.raises(PolicyRefusedError):
        accept_now(cast.focal_point, row)
    assert accept_now(cast.other_group_focal_point, row).outcome == SHORTER
    assert words_at(passage) == SHORTER
    assert now(passage).saved_for == cast.other_group_state
    journey.agree_on(text)
    with pytest.raises(PolicyRefusedError):
        suggest_now(cast.focal_point, passage, STANDS)
