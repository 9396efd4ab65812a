"""A reviewing State recalls its feedback as long as nobody of another State has opened it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.http import Http404
from django.test import Client

from accounts.people.models import User
from core import audit
from core.database.identity import identified_as
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from dialogue.exchange.models import FeedbackComment, FeedbackReply, WrittenFeedback
from dialogue.exchange.selectors import feedback_states, get_feedback_for
from dialogue.feedback import services
from reviews.cases.models import Clearance
from reviews.drafts.openings import open_piece
from reviews.record.selectors import entries_for, scope_of
from reviews.steps.services.advancing import advance_to_next
from tests import journey
from tests.at_once import clear_feedback
from tests.core.database.test_row_security import keys
from tests.dialogue.exchange.exchange import text_of
from tests.dialogue.exchange.test_sent_twice import form_of
from tests.forms import carried_by
from tests.permissions.canaries import WORD
from tests.permissions.reading import address_of, content_of, signed_in
from tests.permissions.urls import PAGES
from tests.permissions.urls_base import DIALOGUE, OBSERVATIONS, Scene
from tests.security.statements import refused, run
from tests.utils import SYSTEM, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("dialogue")]
LoginAs = Callable[[User], Client]
REVIEW = "/en/untoc/reviews/1-XVE/"
PAGE = f"{REVIEW}feedback/XLE/"
RECALL = f"{PAGE}recall/"
WHY = "A paragraph was forgotten."
NO_LONGER = "Another State has opened this: it can no longer be recalled."


def feedback_of(cast: Cast, iso3: str = "XLE") -> WrittenFeedback:
    row = WrittenFeedback.objects.select_related("review__step", "review__mechanism", "state_party")
    return row.get(review=cast.review, state_party__iso3=iso3)


def recall(cast: Cast, number: int = 1) -> WrittenFeedback:
    step = journey.fresh(cast.review).step.slug
    return services.recall_feedback(
        actor=cast.same_group_focal_point, feedback=feedback_of(cast), reason=WHY, number=number, step=step
    )


def test_it_is_a_draft_in_the_room_again_and_can_be_changed_and_sent_anew(cast: Cast) -> None:
    first = feedback_of(cast)
    row = recall(cast)
    assert (row.status, row.room, row.document, row.sha256, row.sent_at) == (
        "draft", cast.same_group_state, None, "", None,
    )  # fmt: skip
    assert FeedbackComment.objects.filter(feedback=row).count() == len((first.document or {})["comments"])
    again = clear_feedback(actor=cast.same_group_focal_point, feedback=feedback_of(cast))
    assert (again.times_sent, again.sha256, again.recall_reason) == (2, first.sha256, "")
    cleared = Clearance.objects.filter(document_id=row.pk).values_list("version", "sha256")
    assert sorted(cleared) == [(1, first.sha256), (2, first.sha256)]


def test_the_review_goes_back_from_the_dialogue_and_comes_there_again(cast: Cast) -> None:
    recall(cast)
    review = journey.fresh(cast.review)
    assert review.step.slug == "written_feedback"
    assert feedback_states(review) == (1, 2)
    assert review.milestones.get(plan__slug="feedback_sent").reached_on is None
    change = review.step_changes.order_by("-at")[0]
    assert (change.from_step.slug, change.actor, change.acting_for) == (
        "dialogue", cast.same_group_focal_point, cast.same_group_state,
    )  # fmt: skip
    clear_feedback(actor=cast.same_group_focal_point, feedback=feedback_of(cast))
    assert journey.fresh(cast.review).step.slug == "dialogue"


@pytest.mark.stage("written_feedback")
def test_at_the_step_of_the_feedback_the_review_stays(cast: Cast) -> None:
    journey.write_feedback(cast.review, cast.same_group_focal_point, "Words.")
    clear_feedback(actor=cast.same_group_focal_point, feedback=feedback_of(cast))
    changes = cast.review.step_changes.count()
    recall(cast)
    assert (journey.fresh(cast.review).step.slug, cast.review.step_changes.count()) == ("written_feedback", changes)


def test_the_record_has_both_and_says_so_to_all_and_not_why(cast: Cast) -> None:
    sha256 = feedback_of(cast).sha256
    recall(cast)
    audit.chain_now()
    for reader in (cast.other_group_expert, cast.expert):
        entries = [entry for entry in entries_for(scope_of(reader, cast.review)) if "feedback." in entry.verb]
        found = {entry.verb: entry.after for entry in entries if entry.after.get("sha256") == sha256}
        assert found == {verb: {"sha256": sha256, "number": 1} for verb in (
            "reviews.feedback.cleared", "reviews.feedback.recalled",
        )}  # fmt: skip
    assert not AuditEntry.objects.filter(after__icontains="paragraph").exists()


def test_who_was_told_that_it_came_is_told_of_the_recall_and_of_the_next(cast: Cast) -> None:
    recall(cast)
    clear_feedback(actor=cast.same_group_focal_point, feedback=feedback_of(cast))
    mails = Notification.objects.filter(recipient=cast.focal_point, template="reviews/news")
    told = [mail.context["sentence"] for mail in mails if "feedback" in mail.context["sentence"]]
    came, gone = "A reviewing State has sent its written feedback.", "A reviewing State has recalled its feedback"
    assert told.count(came) == 3, "of two States, and of one of them once more"
    assert sum(words.startswith(gone) for words in told) == 1
    assert not [mail for mail in mails if WHY in str(mail.context)]


def test_nobody_of_another_state_finds_it_any_more(cast: Cast, login_as: LoginAs) -> None:
    row = recall(cast)
    own = {"same_group_focal_point", "same_group_expert", "same_group_observer"}
    for name, person in cast.people.items():
        assert (login_as(person).get(PAGE).status_code == 200) == (name in own), name
        assert (row.pk in keys(WrittenFeedback, person)) == (name in own), name
    assert WHY in text_of(login_as(cast.same_group_observer).get(PAGE))


# --- What counts as opening


def opened_by(cast: Cast) -> Any:
    return feedback_of(cast).opened_by


@pytest.mark.parametrize("name", ["observer", "other_group_expert"])
def test_the_first_reading_by_another_state_is_noted_once(cast: Cast, login_as: LoginAs, name: str) -> None:
    state = cast.participations[name].state_party
    assert opened_by(cast) is None
    login_as(cast.people[name]).get(PAGE)
    first = feedback_of(cast)
    assert first.opened_by == state
    login_as(cast.focal_point).get(PAGE)
    assert (feedback_of(cast).opened_by, feedback_of(cast).opened_at) == (state, first.opened_at)


def test_others_read_without_opening(cast: Cast, login_as: LoginAs) -> None:
    for name in ("same_group_expert", "same_group_observer", "officer", "administrator"):
        assert login_as(cast.people[name]).get(PAGE).status_code == 200
    for address in (REVIEW, "/en/my-work/", f"{REVIEW}record/", f"{REVIEW}feedback/", f"{REVIEW}desk/"):
        login_as(cast.expert).get(address)
    assert opened_by(cast) is None


def test_a_section_of_the_desk_opens_what_it_shows_and_no_more(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.other_group_expert)
    client.get(f"{REVIEW}desk/untoc/article-23/")
    assert opened_by(cast) is None
    client.head(f"{REVIEW}desk/untoc/article-2/")
    assert opened_by(cast) is None
    client.get(f"{REVIEW}desk/untoc/article-2/")
    assert opened_by(cast) == cast.other_group_state
    assert feedback_of(cast, "XAL").opened_by is None


def assert_opened_by_what_shows(scene: Scene, stage: str, reader: str, piece: Any, words: set[str]) -> set[str]:
    """Whatever the way: pages, files, calendars, programs. Gives the pages that show any of the ``words``."""
    client, shown, noted = signed_in(scene.cast.people[reader]), set(), set()
    pages = [page for page in PAGES if stage in page.access and reader in page.access[stage].may]
    for page in (page for page in pages if page.name != "accounts:sign-out"):
        with transaction.atomic():
            address = address_of(page, scene)
            given = {**(carried_by(client.get(address)) if page.method == "post" else {}), **page.data}
            content = content_of(getattr(client, page.method)(address, given)).decode(errors="replace")
            if any(word in content for word in words):
                shown.add(str(page))
            if type(piece).objects.get(pk=piece.pk).opened_at is not None:
                noted.add(str(page))
            transaction.set_rollback(True)
    assert words
    assert shown - noted == set()
    return shown


@pytest.mark.scene(DIALOGUE)
@pytest.mark.parametrize("reader", ["expert", "other_group_focal_point"])
def test_no_page_shows_another_state_the_feedback_without_having_noted_it(scene: Scene, reader: str) -> None:
    row = feedback_of(scene.cast)
    shown = assert_opened_by_what_shows(scene, DIALOGUE, reader, row, set(WORD.findall(str(row.document))))
    assert "get dialogue:feedback-detail (sent)" in shown


@pytest.mark.scene(OBSERVATIONS)
def test_no_page_shows_a_reviewing_state_a_reply_without_having_noted_it(scene: Scene) -> None:
    reply = FeedbackReply.objects.exclude(sent_at=None).get()
    words = set(WORD.findall(reply.text))
    shown = assert_opened_by_what_shows(scene, OBSERVATIONS, "same_group_focal_point", reply, words)
    assert "get dialogue:feedback-detail (with a reply)" in shown


# --- Once it was opened


def test_once_opened_it_stays_and_the_page_says_by_whom(cast: Cast) -> None:
    client = signed_in(cast.same_group_focal_point)
    assert RECALL in client.get(PAGE).content.decode()
    signed_in(cast.observer).get(PAGE)
    page = text_of(client.get(PAGE))
    assert RECALL not in client.get(PAGE).content.decode()
    assert f"{cast.state} opened this on" in page
    assert cast.observer.full_name not in page
    with pytest.raises(PolicyRefusedError, match="can no longer be recalled"):
        recall(cast)
    answered = client.get(RECALL)
    assert (answered.status_code, NO_LONGER in text_of(answered)) == (403, True)


def test_a_form_that_comes_too_late_says_so_and_keeps_the_word(cast: Cast) -> None:
    client = signed_in(cast.same_group_focal_point)
    given = {**carried_by(client.get(RECALL)), "reason": WHY}
    signed_in(cast.observer).get(PAGE)
    answered = client.post(RECALL, given)
    page = text_of(answered)
    assert (answered.status_code, NO_LONGER in page, WHY in page) == (403, True, True)
    assert feedback_of(cast).status == "sent"


def test_a_reader_who_comes_too_late_is_told_and_opens_nothing(cast: Cast) -> None:
    found = get_feedback_for(cast.expert, journey.fresh(cast.review), "XLE")
    recall(cast)
    with pytest.raises(PolicyRefusedError, match="Its State has recalled this"):
        open_piece(cast.expert, found, cast.same_group_state.pk)
    clear_feedback(actor=cast.same_group_focal_point, feedback=feedback_of(cast))
    with pytest.raises(PolicyRefusedError, match="Its State has recalled this"):
        open_piece(cast.expert, found, cast.same_group_state.pk)
    assert opened_by(cast) is None


def test_only_its_focal_point_recalls_it_and_only_until_the_observations(cast: Cast) -> None:
    for name in ("same_group_expert", "other_group_focal_point", "focal_point", "officer"):
        given = {"feedback": feedback_of(cast), "reason": WHY, "number": 1, "step": "dialogue"}
        with pytest.raises((PolicyRefusedError, Http404)):
            services.recall_feedback(actor=cast.people[name], **given)
    advance_to_next(SYSTEM, journey.fresh(cast.review))
    with pytest.raises(PolicyRefusedError, match="has moved on"):
        recall(cast)


# --- The page


def test_the_focal_point_recalls_on_a_page_that_says_what_it_does(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_focal_point)
    page = client.get(RECALL)
    assert "The review goes back from the dialogue" in text_of(page)
    nothing = client.post(RECALL, {**carried_by(page), "reason": " "})
    assert (nothing.status_code, "Say why you recall it." in text_of(nothing)) == (422, True)
    given = {**carried_by(page), "reason": WHY}
    assert client.post(RECALL, given)["Location"] == PAGE
    second = client.post(RECALL, given, follow=True)
    assert "It was recalled at" in text_of(second)
    assert cast.review.step_changes.filter(from_step__slug="dialogue").count() == 1


def test_a_page_from_before_neither_recalls_nor_sends_what_came_since(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_focal_point)
    before = {**carried_by(client.get(RECALL)), "reason": WHY}
    recall(cast)
    clearing = carried_by(client.get(f"{PAGE}clear/"))
    clear_feedback(actor=cast.same_group_focal_point, feedback=feedback_of(cast))
    answered = client.post(RECALL, before)
    page = text_of(answered)
    assert (answered.status_code, "sent anew since" in page, WHY in page) == (422, True, True)
    recall(cast, number=2)
    stale = client.post(f"{PAGE}clear/", clearing)
    assert (stale.status_code, "sent and recalled since" in text_of(stale)) == (422, True)
    assert client.post(f"{PAGE}clear/", carried_by(stale)).status_code == 302


@pytest.mark.stage("written_feedback")
def test_a_second_press_to_clear_after_a_recall_says_what_is_so(cast: Cast, login_as: LoginAs) -> None:
    journey.write_feedback(cast.review, cast.same_group_focal_point, "Words.")
    client = login_as(cast.same_group_focal_point)
    form = form_of(client, f"{PAGE}clear/")
    assert client.post(f"{PAGE}clear/", form).status_code == 302
    recall(cast)
    again = client.post(f"{PAGE}clear/", form, follow=True)
    assert "It was sent and recalled since you opened this page." in text_of(again)
    assert feedback_of(cast).status == "draft"


def test_a_recall_without_the_number_is_of_nothing(cast: Cast) -> None:
    with pytest.raises(ServiceError, match="sent anew since"):
        recall(cast, number=0)


# --- Walls


def test_the_database_lets_a_reader_note_the_opening_and_nothing_else(cast: Cast) -> None:
    row = feedback_of(cast).pk
    noted = "UPDATE reviews_writtenfeedback SET opened_at = now(), opened_by_id = %s WHERE id = %s"
    with identified_as(cast.stranger):
        assert run(noted, cast.state.pk, row) == 0
    with identified_as(cast.observer):
        refused(noted, cast.other_group_state.pk, row, words="noted by a reader of another State")
        refused("UPDATE reviews_writtenfeedback SET language = 'ar' WHERE id = %s", row, words="Cannot update rows")
        assert run(noted, cast.state.pk, row) == 1
        refused(noted, cast.state.pk, row, words="Cannot update rows")
    with identified_as(cast.same_group_focal_point):
        back = "UPDATE reviews_writtenfeedback SET opened_at = NULL, opened_by_id = NULL WHERE id = %s"
        refused(back, row, words="Cannot update rows")


def test_the_database_notes_no_opening_by_the_own_state(cast: Cast) -> None:
    noted = "UPDATE reviews_writtenfeedback SET opened_at = now(), opened_by_id = %s WHERE id = %s"
    with identified_as(cast.same_group_expert):
        refused(noted, cast.same_group_state.pk, feedback_of(cast).pk, words="noted by a reader of another State")


def test_the_database_takes_nothing_back_that_was_opened(cast: Cast) -> None:
    open_piece(cast.expert, feedback_of(cast), cast.same_group_state.pk)
    with pytest.raises(DatabaseError, match="Cannot update rows"), transaction.atomic():
        WrittenFeedback.objects.filter(pk=feedback_of(cast).pk).update(
            status="draft", room=cast.same_group_state, sent_at=None, sha256="", document=None
        )
