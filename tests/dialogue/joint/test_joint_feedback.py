"""The reviewing States send one feedback together: all their experts write it, and each of them clears it."""

from collections.abc import Callable

import pytest
from django.http import Http404
from django.test import Client

from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import ConflictError, ServiceError
from core.models import Notification
from core.policy import PolicyRefusedError
from dialogue.exchange.models import FeedbackComment, WrittenFeedback
from dialogue.exchange.selectors import feedback_sent_by
from dialogue.feedback.services import follow_team, hash_of_draft, open_feedback, save_comment
from dialogue.feedback.tasks import send_joint_feedback_task
from dialogue.joint import shown_of_feedback
from dialogue.joint.models import JointClearance
from reviews.cases.models import PartialTeam
from reviews.drafts import shown_to_own_state
from reviews.opening import TeamChange
from reviews.programme.enums import StepKind
from reviews.programme.models import Limit
from reviews.registration.services.participation import end_participation
from tests import journey
from tests.at_once import draft_reply, send_reply
from tests.dialogue.exchange.exchange import ARTICLE_5, FEEDBACK, QUESTION, instrument_of, text_of
from tests.dialogue.joint.joint import clear, joint_of, recall, set_joint, take_back, write
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.utils import SYSTEM, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("written_feedback")]
LoginAs = Callable[[User], Client]


def told(user: User, sentence: str) -> bool:
    rows = Notification.objects.filter(recipient=user)
    return any(sentence in row.context.get("sentence", "") for row in rows)


def test_both_write_one_text_and_the_last_clearance_sends_it(cast: Cast) -> None:
    set_joint(cast)
    write(cast, cast.same_group_expert, "First.")
    write(cast, cast.other_group_expert, "First, and second.")
    first = clear(cast, cast.other_group_focal_point)
    assert (first.status, first.sent_at, journey.fresh(cast.review).step.kind) == ("draft", None, StepKind.FEEDBACK)
    assert told(cast.same_group_focal_point, "it is sent once your State has cleared it too")
    assert not told(cast.focal_point, "cleared the joint feedback")
    clear(cast, cast.same_group_focal_point)
    sent = joint_of(cast)
    assert sent.status == "sent"
    assert sent.document is not None
    assert [row["text"] for row in sent.document["comments"]] == ["First, and second."]
    assert sent.document["reviewing_states"] == sorted([cast.same_group_state.iso3, cast.other_group_state.iso3])
    assert {row.sha256 for row in JointClearance.objects.all()} == {sent.sha256}
    assert journey.fresh(cast.review).step.kind == StepKind.DIALOGUE
    assert told(cast.focal_point, "has sent its written feedback")
    assert told(cast.other_group_focal_point, "it is sent")


def test_a_change_undoes_what_was_cleared_and_says_so(cast: Cast) -> None:
    set_joint(cast)
    write(cast, cast.same_group_expert, "First.")
    before = shown_of_feedback(joint_of(cast))
    clear(cast, cast.same_group_focal_point)
    with pytest.raises(ConflictError) as refusal:  # the page was opened before the clearance
        write(cast, cast.other_group_expert, "Second.", shown=before)
    assert any("has been cleared by" in each for each in refusal.value.now)
    with pytest.raises(PolicyRefusedError, match="Your State has cleared it"):
        clear(cast, cast.same_group_focal_point)
    write(cast, cast.other_group_expert, "First.")  # the same words change nothing
    assert JointClearance.objects.get().undone_at is None
    write(cast, cast.other_group_expert, "Second.")
    undone = JointClearance.objects.get()
    assert undone.undone_by == cast.other_group_expert
    assert told(cast.same_group_focal_point, "that clearance no longer counts")
    clear(cast, cast.other_group_focal_point)
    assert joint_of(cast).status == "draft"
    clear(cast, cast.same_group_focal_point)
    assert joint_of(cast).status == "sent"


def test_nobody_clears_another_text_than_was_shown(cast: Cast) -> None:
    set_joint(cast)
    write(cast, cast.same_group_expert, "First.")
    with pytest.raises(ServiceError, match="The text has changed"):
        clear(cast, cast.same_group_focal_point, sha256="0" * 64)
    for name in ("same_group_expert", "focal_point", "officer"):
        with pytest.raises((PolicyRefusedError, Http404)):
            clear(cast, cast.people[name])


def test_either_recalls_it_until_the_state_under_review_opens_it(cast: Cast) -> None:
    set_joint(cast)
    write(cast, cast.same_group_expert, "First.")
    for name in ("same_group_focal_point", "other_group_focal_point"):
        clear(cast, cast.people[name])
    recall(cast, cast.other_group_focal_point)
    again = joint_of(cast)
    assert (again.status, journey.fresh(cast.review).step.kind) == ("draft", StepKind.FEEDBACK)
    assert told(cast.same_group_focal_point, "The joint feedback was recalled")
    clear(cast, cast.same_group_focal_point)
    assert joint_of(cast).status == "draft"  # the clearance of the first sending is none of the second
    clear(cast, cast.other_group_focal_point)
    assert joint_of(cast).times_sent == 2


def test_it_is_read_replied_to_and_no_longer_recalled(cast: Cast, login_as: LoginAs) -> None:
    set_joint(cast)
    write(cast, cast.same_group_expert, "First.")
    for name in ("same_group_focal_point", "other_group_focal_point"):
        clear(cast, cast.people[name])
    page = f"{FEEDBACK}{joint_of(cast).state_party.iso3}/"
    login_as(cast.other_group_expert).get(page)
    assert joint_of(cast).opened_at is None  # it is their own
    words = text_of(login_as(cast.focal_point).get(page))
    names = sorted([str(cast.same_group_state), str(cast.other_group_state)])
    assert f"Written feedback of {names[0]} and {names[1]}" in words
    assert joint_of(cast).opened_by == cast.state
    with pytest.raises(PolicyRefusedError):
        recall(cast, cast.other_group_focal_point)
    draft_reply(actor=cast.expert, feedback=joint_of(cast), text="The law was amended.")
    send_reply(actor=cast.focal_point, feedback=joint_of(cast))
    assert "The law was amended." in text_of(login_as(cast.other_group_expert).get(page))


def test_who_has_cleared_is_reminded_no_more(cast: Cast) -> None:
    set_joint(cast)
    write(cast, cast.same_group_expert, "First.")
    assert feedback_sent_by([cast.review.pk]) == []
    clear(cast, cast.same_group_focal_point)
    assert feedback_sent_by([cast.review.pk]) == [(cast.review.pk, cast.same_group_state.pk)]
    if HAS_TWO_ROLES:
        with identified_as(cast.officer), plain_role():
            assert feedback_sent_by([cast.review.pk]) == []  # which the secretariat does not learn
        with identified_as(cast.other_group_expert), plain_role():
            assert feedback_sent_by([cast.review.pk]) == [(cast.review.pk, cast.same_group_state.pk)]
    write(cast, cast.same_group_expert, "Second.")
    assert feedback_sent_by([cast.review.pk]) == []


def test_pages_of_the_draft(cast: Cast, login_as: LoginAs) -> None:
    set_joint(cast)
    write(cast, cast.same_group_expert, "Only the reviewing States read this.")
    page = f"{FEEDBACK}{joint_of(cast).state_party.iso3}/"
    for name in ("same_group_expert", "same_group_focal_point", "other_group_expert", "other_group_observer"):
        words = text_of(login_as(cast.people[name]).get(page))
        assert "Only the reviewing States read this." in words
        assert "Draft, seen by the reviewing States only" in words
    for name in ("focal_point", "expert", "observer", "officer", "auditor"):
        client = login_as(cast.people[name])
        assert client.get(page).status_code in {403, 404}
        assert "Only the reviewing States read this." not in text_of(client.get(ARTICLE_5))
    expert = login_as(cast.other_group_expert)
    assert "Only the reviewing States read this." in expert.get(ARTICLE_5).content.decode()
    clear(cast, cast.same_group_focal_point)
    assert "a change undoes that" in text_of(expert.get(ARTICLE_5))


def test_that_a_state_has_cleared_is_told_to_the_reviewing_states_alone(cast: Cast, login_as: LoginAs) -> None:
    set_joint(cast)
    write(cast, cast.same_group_expert, "First.")
    clear(cast, cast.same_group_focal_point)
    listed = text_of(login_as(cast.focal_point).get(FEEDBACK))
    assert "Being drafted" in listed
    assert "Cleared" not in listed
    tasks = text_of(login_as(cast.other_group_focal_point).get("/en/"))
    assert "Read and clear the joint feedback" in tasks


def test_a_focal_point_clears_on_the_page_and_twice_is_once(cast: Cast, login_as: LoginAs) -> None:
    set_joint(cast)
    write(cast, cast.same_group_expert, "First.")
    client, page = login_as(cast.same_group_focal_point), f"{FEEDBACK}{joint_of(cast).state_party.iso3}/clear/"
    form = client.get(page)
    assert "It is sent when the last of the reviewing States has cleared it." in text_of(form)
    posted = dict(form.context["form"].initial)
    assert client.post(page, posted).status_code == 302
    answer = client.post(page, posted, follow=True)
    assert "cleared the joint feedback for your State" in text_of(answer)
    assert JointClearance.objects.count() == 1


def test_the_rule_of_the_mechanism_holds_where_nothing_is_set(cast: Cast) -> None:
    WrittenFeedback.objects.filter(review=cast.review).delete()
    type(cast.review).objects.filter(pk=cast.review.pk).update(feedback_is_joint=None)
    Limit.objects.filter(mechanism=cast.review.mechanism, key="feedback_joint").update(value=1)
    open_feedback(journey.fresh(cast.review))
    assert [row.is_joint for row in WrittenFeedback.objects.filter(review=cast.review)] == [True]


def test_it_is_set_as_long_as_nothing_is_written(cast: Cast, login_as: LoginAs) -> None:
    page = FEEDBACK.replace("feedback/", "feedback-form/")
    assert login_as(cast.same_group_focal_point).get(page).status_code == 403
    officer = login_as(cast.officer)
    assert officer.post(page, {"form": "joint"}).status_code == 302
    assert told(cast.same_group_focal_point, "one feedback together")
    with pytest.raises(ServiceError, match="like this already"):
        set_joint(cast)
    set_joint(cast, is_joint=False)
    set_joint(cast)
    write(cast, cast.same_group_expert, "First.")
    with pytest.raises(ServiceError, match="has begun to write"):
        set_joint(cast, is_joint=False)
    assert "has begun to write" in text_of(officer.get(page))


def test_a_state_that_names_nobody_is_not_waited_for(cast: Cast) -> None:
    set_joint(cast)
    write(cast, cast.same_group_expert, "First.")
    end_participation(actor=SYSTEM, participation=cast.participations["other_group_focal_point"])
    state = {"state_party": cast.other_group_state, "recorded_by": cast.officer, "reason": "Nobody is named."}
    PartialTeam.objects.create(review=cast.review, **state)
    clear(cast, cast.same_group_focal_point)
    assert joint_of(cast).status == "sent"


def test_a_clearance_is_taken_back_until_all_have_cleared(cast: Cast, login_as: LoginAs) -> None:
    set_joint(cast)
    write(cast, cast.same_group_expert, "First.")
    with pytest.raises(PolicyRefusedError, match="has not cleared"):
        take_back(cast, cast.same_group_focal_point)
    clear(cast, cast.same_group_focal_point)
    page = f"{FEEDBACK}{joint_of(cast).state_party.iso3}/take-back/"
    for name in ("same_group_expert", "other_group_focal_point"):
        assert login_as(cast.people[name]).get(page).status_code == 403
    client = login_as(cast.same_group_focal_point)
    posted = dict(client.get(page).context["form"].initial)
    assert "is taken back" in text_of(client.post(page, posted, follow=True))
    assert "took back the clearance for your State" in text_of(client.post(page, posted, follow=True))
    assert told(cast.other_group_focal_point, "has taken back its clearance")
    assert not told(cast.focal_point, "has taken back its clearance")
    clear(cast, cast.other_group_focal_point)
    assert joint_of(cast).status == "draft"
    clear(cast, cast.same_group_focal_point)
    with pytest.raises(PolicyRefusedError):
        take_back(cast, cast.same_group_focal_point)


def test_a_page_of_before_takes_no_other_clearance_back(cast: Cast) -> None:
    set_joint(cast)
    write(cast, cast.same_group_expert, "First.")
    before = clear(cast, cast.same_group_focal_point)
    sha256 = hash_of_draft(before)
    write(cast, cast.other_group_expert, "Second.")
    clear(cast, cast.same_group_focal_point)
    with pytest.raises(ServiceError, match="The text has changed"):
        take_back(cast, cast.same_group_focal_point, sha256=sha256)


def test_where_the_others_go_ahead_it_is_sent_as_they_have_cleared_it(cast: Cast) -> None:
    set_joint(cast)
    write(cast, cast.same_group_expert, "First.")
    clear(cast, cast.same_group_focal_point)
    state = {"state_party": cast.other_group_state, "recorded_by": cast.officer, "reason": "Nobody was named."}
    PartialTeam.objects.create(review=cast.review, **state)
    send_joint_feedback_task()
    assert joint_of(cast).status == "draft"  # it has named somebody since
    end_participation(actor=SYSTEM, participation=cast.participations["other_group_focal_point"])
    send_joint_feedback_task()
    assert joint_of(cast).status == "draft"  # nobody has said since that the others go ahead
    PartialTeam.objects.create(review=cast.review, **state)
    send_joint_feedback_task()
    sent = joint_of(cast)
    assert (sent.status, sent.sha256) == ("sent", JointClearance.objects.get().sha256)
    assert journey.fresh(cast.review).step.kind == StepKind.DIALOGUE
    assert told(cast.focal_point, "has sent its written feedback")


def test_the_worker_sends_what_was_cleared_and_nothing_else(cast: Cast) -> None:
    set_joint(cast)
    write(cast, cast.same_group_expert, "First.")
    clear(cast, cast.same_group_focal_point)
    cast.review.reviewing_states.filter(state_party=cast.other_group_state).delete()  # whose name the text bears
    send_joint_feedback_task()
    assert joint_of(cast).status == "draft"


def test_one_that_fails_keeps_no_other_waiting(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    set_joint(cast)
    write(cast, cast.same_group_expert, "First.")
    clear(cast, cast.same_group_focal_point)
    tried: list[WrittenFeedback] = []

    def fail(_actor: object, feedback: WrittenFeedback) -> None:
        tried.append(feedback)
        raise ValueError

    monkeypatch.setattr("dialogue.feedback.services.send_as_cleared", fail)
    send_joint_feedback_task()
    assert tried == [joint_of(cast)]


def test_a_clearance_that_a_change_has_undone_was_taken_back_by_nobody(cast: Cast, login_as: LoginAs) -> None:
    set_joint(cast)
    write(cast, cast.same_group_expert, "First.")
    clear(cast, cast.same_group_focal_point)
    page = f"{FEEDBACK}{joint_of(cast).state_party.iso3}/take-back/"
    client = login_as(cast.same_group_focal_point)
    posted = dict(client.get(page).context["form"].initial)
    write(cast, cast.other_group_expert, "Second.")
    assert "took back the clearance for your State" not in text_of(client.post(page, posted, follow=True))


def test_where_others_review_each_clears_anew(cast: Cast) -> None:
    set_joint(cast)
    write(cast, cast.same_group_expert, "First.")
    clear(cast, cast.same_group_focal_point)
    follow_team(SYSTEM, journey.fresh(cast.review), TeamChange([], []))
    undone = JointClearance.objects.get()
    assert (undone.undone_by, undone.undone_at is not None) == (None, True)
    assert told(cast.same_group_focal_point, "that clearance no longer counts")


def test_a_form_of_before_finds_that_feedback_is_sent_another_way(cast: Cast) -> None:
    before = WrittenFeedback.objects.get(review=cast.review, state_party=cast.same_group_state)
    set_joint(cast)
    seen = {"base": 0, "shown": shown_to_own_state(cast.same_group_state.pk), "instrument": instrument_of(QUESTION)}
    given = {"actor": cast.same_group_expert, "feedback": before, "question_code": QUESTION, "text": "For us alone."}
    with pytest.raises(ServiceError, match="It was set meanwhile"):
        save_comment(**given, **seen)
    assert not FeedbackComment.objects.exists()
