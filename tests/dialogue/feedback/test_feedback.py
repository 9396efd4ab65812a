"""Written feedback: in the room of a reviewing State until its focal point clears and sends it."""

from collections.abc import Callable

import pytest
from django.http import Http404

from accounts.people.models import User
from core import context
from core.errors import ConflictError, ServiceError
from core.hashes import document_hash
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from dialogue.desk.selectors import word_count_of
from dialogue.exchange.models import FeedbackComment, WrittenFeedback
from dialogue.exchange.selectors import articles_under_review, feedback_states
from dialogue.feedback.services import open_feedback
from reviews.cases.enums import ParticipationRole, Side
from reviews.cases.models import Clearance, Review
from reviews.programme.models import Article, Instrument
from reviews.registration.services.participation import end_participation
from tests import journey
from tests.at_once import clear_feedback, save_comment
from tests.factories.accounts import UserFactory
from tests.utils import SYSTEM, Cast, make_review, register, take_to

pytestmark = [pytest.mark.django_db, pytest.mark.stage("written_feedback")]
QUESTION = "I.untoc.1.a"


@pytest.fixture
def scene(cast_at: Callable[[str], Cast]) -> Cast:
    return cast_at("written_feedback")


def feedback_of(scene: Cast, iso3: str = "XLE") -> WrittenFeedback:
    return WrittenFeedback.objects.get(review=scene.review, state_party__iso3=iso3)


def instrument(slug: str = "untoc") -> Instrument:
    return Instrument.objects.get(slug=slug)


def comment(scene: Cast, text: str = "Well drafted.", base: int = 0, **more: object) -> FeedbackComment:
    given = {"actor": scene.same_group_expert, "feedback": feedback_of(scene), "instrument": instrument()}
    place = {} if "article" in more else {"question_code": QUESTION}
    return save_comment(**{**given, **place, **more}, text=text, base=base)


def send(scene: Cast, name: str) -> WrittenFeedback:
    user = scene.people[name]
    journey.write_feedback(scene.review, user, f"Words of {name}.")
    row = scene.review.participations.get(user=user, ended_at=None)
    return clear_feedback(actor=user, feedback=feedback_of(scene, row.state_party.iso3))


def test_each_reviewing_state_has_its_room(scene: Cast) -> None:
    rows = WrittenFeedback.objects.values_list("state_party__iso3", "room__iso3", "status", "language")
    assert sorted(rows) == [("XAL", "XAL", "draft", "en"), ("XLE", "XLE", "draft", "en")]
    open_feedback(scene.review)
    assert WrittenFeedback.objects.count() == 2, "opening again changes nothing"


def test_a_comment_is_on_a_question_or_on_an_article(scene: Cast) -> None:
    article = articles_under_review(scene.review, instrument())[0]
    on_question, on_article = comment(scene), comment(scene, article=article)
    assert (on_question.question_code, on_question.article) == (QUESTION, None)
    assert (on_article.question_code, on_article.article) == ("", article)


def test_where_a_question_is_named_the_article_is_not(scene: Cast) -> None:
    both = comment(scene, question_code=QUESTION, article=articles_under_review(scene.review, instrument())[0])
    assert (both.question_code, both.article) == (QUESTION, None)


@pytest.mark.parametrize("number", [None, 7])
def test_an_article_outside_the_cluster_is_refused(scene: Cast, number: int | None) -> None:
    article = Article.objects.filter(instrument__slug="untoc", number=number).first()
    with pytest.raises(ServiceError, match="Choose among the articles under review"):
        comment(scene, article=article)


def test_an_article_of_another_instrument_is_refused(scene: Cast) -> None:
    with pytest.raises(ServiceError, match="Choose among the articles under review"):
        comment(scene, article=Article.objects.get(instrument__slug="tip", number=5))


def test_what_is_no_code_of_a_question_is_refused(scene: Cast) -> None:
    with pytest.raises(ServiceError, match="There is no such question"):
        comment(scene, question_code="Their law is weak")


def test_a_state_writes_on_what_it_reviews_alone(scene: Cast) -> None:
    reviewing_state = scene.review.reviewing_states.get(state_party=scene.same_group_state)
    reviewing_state.instruments.set([instrument("tip")])
    with pytest.raises(ServiceError, match="does not review this instrument"):
        comment(scene)


def test_a_text_counts_its_revisions(scene: Cast) -> None:
    comment(scene, "First.")
    assert comment(scene, "Second.", base=1).revision == 2
    assert comment(scene, "Second.", base=1).revision == 2, "the same words again are no new revision"
    assert FeedbackComment.objects.get().text == "Second."


def test_nobody_overwrites_unseen(scene: Cast) -> None:
    comment(scene, "First.")
    comment(scene, "A colleague's.", base=1, actor=scene.same_group_focal_point)
    for base in (0, 1):
        with pytest.raises(ConflictError) as conflict:
            comment(scene, "Mine.", base=base)
        assert (conflict.value.current, conflict.value.revision) == ("A colleague's.", 2)
    assert FeedbackComment.objects.get().text == "A colleague's."


def test_a_base_of_what_is_not_there_is_a_conflict(scene: Cast) -> None:
    with pytest.raises(ConflictError, match="not there any more"):
        comment(scene, base=3)


def test_empty_words_take_a_comment_out(scene: Cast) -> None:
    comment(scene)
    comment(scene, " \n ", base=1)
    with pytest.raises(ServiceError, match="no text to send"):
        clear_feedback(actor=scene.same_group_focal_point, feedback=feedback_of(scene))


def test_who_writes_and_who_sends(scene: Cast) -> None:
    writers, senders = set(), set()
    for name, user in scene.people.items():
        try:
            comment(scene, f"Words of {name}.", actor=user, base=FeedbackComment.objects.count() and latest().revision)
            writers.add(name)
        except (PolicyRefusedError, Http404):
            pass
    for name, user in reversed(scene.people.items()):
        try:
            clear_feedback(actor=user, feedback=feedback_of(scene))
            senders.add(name)
        except (PolicyRefusedError, Http404):
            pass
    assert writers == {"same_group_focal_point", "same_group_expert"}
    assert senders == {"same_group_focal_point"}


def latest() -> FeedbackComment:
    return FeedbackComment.objects.get()


def test_the_secretariat_and_the_other_states_learn_of_no_draft(scene: Cast) -> None:
    outside = [name for name, user in scene.people.items() if is_hidden(scene, user)]
    assert set(scene.people) - set(outside) == {
        "same_group_focal_point",
        "same_group_expert",
        "same_group_observer",
    }


def is_hidden(scene: Cast, user: User) -> bool:
    try:
        comment(scene, actor=user, base=FeedbackComment.objects.count())
    except Http404:
        return True
    except PolicyRefusedError:
        return False
    return False


def test_what_is_sent_is_frozen_with_its_hash_and_lies_on_the_table(scene: Cast) -> None:
    article = articles_under_review(scene.review, instrument())[0]
    comment(scene, "On the question.")
    comment(scene, "On the article.", article=article)
    comment(scene, "On a protocol.", instrument=instrument("tip"), question_code="I.tip.24")
    feedback = clear_feedback(actor=scene.same_group_focal_point, feedback=feedback_of(scene))
    assert feedback.document == {
        "format_version": 1,
        "review": "1-XVE",
        "mechanism": "untoc",
        "reviewing_state": "XLE",
        "language": "en",
        "comments": [
            {"instrument": "untoc", "question": "", "article": article.number, "text": "On the article."},
            {"instrument": "untoc", "question": QUESTION, "article": None, "text": "On the question."},
            {"instrument": "tip", "question": "I.tip.24", "article": None, "text": "On a protocol."},
        ],
    }
    assert (feedback.status, feedback.room) == ("sent", None)
    assert feedback.sha256 == document_hash(feedback.document)
    clearance = Clearance.objects.get(document_id=feedback.pk)
    assert (clearance.state_party, clearance.focal_point, clearance.sha256) == (
        scene.same_group_state,
        scene.same_group_focal_point,
        feedback.sha256,
    )


def test_what_was_sent_is_neither_changed_nor_sent_again(scene: Cast) -> None:
    feedback = send(scene, "same_group_focal_point")
    with pytest.raises(PolicyRefusedError, match="has been sent"):
        comment(scene, "More.")
    with pytest.raises(PolicyRefusedError, match="has been sent"):
        clear_feedback(actor=scene.same_group_focal_point, feedback=feedback)
    assert Clearance.objects.filter(document_id=feedback.pk).count() == 1


def test_the_review_moves_on_with_the_last_feedback(scene: Cast) -> None:
    send(scene, "other_group_focal_point")
    assert journey.fresh(scene.review).step.slug == "written_feedback"
    assert feedback_states(scene.review) == (1, 2)
    send(scene, "same_group_focal_point")
    assert journey.fresh(scene.review).step.slug == "dialogue"
    change = scene.review.step_changes.order_by("-at")[0]
    assert (change.to_step.slug, change.actor, change.acting_for) == (
        "dialogue",
        scene.same_group_focal_point,
        scene.same_group_state,
    )
    assert scene.review.milestones.get(plan__slug="feedback_sent").reached_on is not None


def test_the_focal_point_of_the_state_under_review_is_told(scene: Cast) -> None:
    Notification.objects.all().delete()
    send(scene, "same_group_focal_point")
    told = Notification.objects.values_list("recipient__email", "context__sentence")
    assert list(told) == [(scene.focal_point.email, "A reviewing State has sent its written feedback.")]


def test_a_state_without_a_focal_point_keeps_its_draft_until_it_has_one(scene: Cast) -> None:
    send(scene, "other_group_focal_point")
    comment(scene)
    end_participation(actor=SYSTEM, participation=scene.participations["same_group_focal_point"])
    with pytest.raises(Http404):
        clear_feedback(actor=User.objects.get(pk=scene.same_group_focal_point.pk), feedback=feedback_of(scene))
    newcomer = UserFactory()
    register(scene.review, newcomer, scene.same_group_state, ParticipationRole.FOCAL_POINT)
    assert (
        clear_feedback(actor=newcomer, feedback=feedback_of(scene)).document["comments"][0]["text"] == "Well drafted."
    )
    assert journey.fresh(scene.review).step.slug == "dialogue"


def test_a_focal_point_who_no_longer_is_one_clears_nothing(scene: Cast) -> None:
    """Not even with a page that was opened before: the rule is asked of the database at the last moment."""
    comment(scene)
    focal_point = scene.same_group_focal_point
    with context.begun():
        comment(scene, "Seen by the policy.", base=1, actor=focal_point)  # whose capacity is known from now on
        with context.begun():  # somebody else's page
            end_participation(actor=SYSTEM, participation=scene.participations["same_group_focal_point"])
        with pytest.raises(ServiceError, match="Only a focal point clears"):
            clear_feedback(actor=focal_point, feedback=feedback_of(scene))


def test_a_state_that_has_nothing_to_read_owes_no_feedback() -> None:
    """The cluster holds no article of the Firearms Protocol (resolution 10/1, annex V)."""
    review = make_review(phase=3)
    firearms_alone = review.reviewing_states.get(state_party__iso3="XLV")
    firearms_alone.instruments.set([instrument("firearms")])
    focal_point = journey.focal_point_of(review, Side.UNDER_REVIEW)
    take_to("written_feedback", review, focal_point, journey.expert_of(review, Side.UNDER_REVIEW))
    assert states_with_feedback(review) == ["XLE"]
    reviewer = UserFactory()
    register(review, reviewer, review.reviewing_states.get(state_party__iso3="XLE").state_party, "focal_point")
    journey.write_feedback(review, reviewer, "The only feedback there is.")
    clear_feedback(actor=reviewer, feedback=WrittenFeedback.objects.get(review=review))
    assert journey.fresh(review).step.slug == "dialogue"


def states_with_feedback(review: Review) -> list[str]:
    return sorted(WrittenFeedback.objects.filter(review=review).values_list("state_party__iso3", flat=True))


def test_a_feedback_may_be_longer_than_is_encouraged(scene: Cast) -> None:
    comment(scene, "word " * 9000)
    comment(scene, "word " * 2000, question_code="I.untoc.3")
    assert word_count_of(feedback_of(scene).comments.all()) == 11_000
    clear_feedback(actor=scene.same_group_focal_point, feedback=feedback_of(scene))


def test_the_audit_names_the_hash(scene: Cast) -> None:
    feedback = send(scene, "same_group_focal_point")
    entry = AuditEntry.objects.get(verb="reviews.feedback.cleared")
    assert (entry.target_id, entry.after) == (str(feedback.pk), {"sha256": feedback.sha256, "number": 1})


@pytest.mark.parametrize("sha256", ["", "0" * 64])
def test_what_the_focal_point_was_not_shown_is_not_sent(scene: Cast, sha256: str) -> None:
    """An empty checksum went past the look before."""
    comment(scene)
    with pytest.raises(ServiceError, match="has changed since you opened this page"):
        clear_feedback(actor=scene.same_group_focal_point, feedback=feedback_of(scene), sha256=sha256)
    assert feedback_of(scene).document is None
