"""What a State has sent before stands beside empty boxes: kept, edited or set aside, and nothing is overwritten."""

from typing import Any

import pytest
from django.db import Error, transaction
from django.http import Http404

from core.database.identity import identified_as
from core.errors import OutdatedError, ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from questionnaires.definitions.selectors import index_of
from questionnaires.responses.models import Answer, AnswerRevision, ResponseSubmission
from questionnaires.reuse.enums import LinkMethod, Reuse
from questionnaires.reuse.models import ReusedAnswer
from questionnaires.reuse.origins import origins_in
from questionnaires.reuse.selectors import all_offers
from questionnaires.reuse.services import ChosenAnswer, set_aside, take_earlier
from questionnaires.sending.document import hash_of_draft, submission_document
from questionnaires.sending.services import begin_revision, give_up_revision, recall_response
from questionnaires.sending.supplementing import add_beside
from reviews.bringing.enums import StateWord
from tests.core.database.test_row_security import keys
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.questionnaires.moving.moving import now
from tests.questionnaires.reuse.earlier import (
    ALONE,
    ANSWERS,
    CASES,
    CASES_FIREARMS,
    CASES_SOM,
    CASES_TIP,
    FIRST,
    LONE,
    OTHER_OPTIONS,
    UNDER_FIRST,
    brought_before,
    drafted_before,
    keep,
    offers,
    official,
    second_version,
    sent_before,
)
from tests.utils import Cast, clear_answers, fresh, save

pytestmark = pytest.mark.django_db


def test_what_was_sent_before_is_offered_with_its_review_version_and_day(cast: Cast) -> None:
    sent = sent_before()
    found = offers(cast.response)
    assert set(found) == set(ANSWERS)
    (offer,) = found[FIRST]
    assert (offer.source.review_code, offer.source.number, offer.source.sent_at) == ("9-XVE", 1, sent.sent_at)
    assert (offer.answer.choices, offer.answer.text) == (("Yes",), "By the Penal Code of then.")
    assert (offer.can_be_kept, offer.lost, offer.link) == (True, (), None)


def test_a_draft_is_never_offered(cast: Cast) -> None:
    drafted_before()
    assert offers(cast.response) == {}


def test_what_another_state_has_sent_is_never_offered(cast: Cast) -> None:
    sent_before("XHV")
    assert offers(cast.response) == {}
    own = sent_before("XVE")
    assert {offer.source.key for some in offers(cast.response).values() for offer in some} == {own.pk}


def test_the_key_of_what_another_state_has_sent_takes_nothing(cast: Cast) -> None:
    foreign = sent_before("XHV")
    sent_before("XVE")
    with pytest.raises(OutdatedError, match="no longer offered"):
        take_earlier(
            actor=cast.expert,
            response=cast.response,
            version=index_of(cast.response.version_id).number,
            how=Reuse.KEPT,
            chosen=[ChosenAnswer(FIRST, f"{foreign.pk}:{FIRST}", 0)],
        )
    assert not Answer.objects.filter(response=cast.response).exists()


def test_what_was_recalled_is_offered_no_longer_and_cannot_be_taken(cast: Cast) -> None:
    sent: Any = sent_before()
    (offer,) = offers(cast.response, FIRST)[FIRST]
    recall_response(sent.cleared_by, sent.response, reason="Too early.", number=1)
    assert offers(cast.response) == {}
    with pytest.raises(OutdatedError, match="no longer offered"):
        take_earlier(
            actor=cast.expert,
            response=cast.response,
            version=index_of(cast.response.version_id).number,
            how=Reuse.KEPT,
            chosen=[ChosenAnswer(FIRST, offer.key, 0)],
        )
    assert official(cast) == {}


def test_keeping_is_a_save_with_where_it_came_from(cast: Cast) -> None:
    sent = sent_before()
    keep(cast, FIRST, UNDER_FIRST, CASES)
    assert official(cast) == {FIRST: "By the Penal Code of then.", UNDER_FIRST: "", CASES: "The case of the two ships."}
    answer = Answer.objects.get(response=cast.response, question__code=CASES)
    assert answer.citations == [{"law": "Penal Code", "provision": "12", "link": ""}]
    assert (answer.revision, answer.saved_by) == (1, cast.expert)
    row = ReusedAnswer.objects.get(answer=answer)
    assert (row.how, row.number, row.submission, row.source_number) == (Reuse.KEPT, 1, sent, 1)
    assert (row.source_review, row.source_sha256, row.taken_by) == ("9-XVE", sent.sha256, cast.expert)
    assert (row.review, row.room) == (cast.review, cast.state)
    entry = AuditEntry.objects.get(verb="questionnaires.response.reused")
    assert entry.after == {"answers": 3, "how": "kept"}
    assert offers(cast.response, FIRST) != {}  # asked for an empty box, which there is none of any more
    listed = [offer.item.code for section in all_offers(cast.response) for offer in section.offers]
    assert listed == [CASES_TIP, CASES_SOM, CASES_FIREARMS], "those that are linked with what is answered are open"


def test_still_correct_ends_when_the_answer_is_changed_and_origin_when_it_is_emptied(cast: Cast) -> None:
    sent_before()
    keep(cast, FIRST)
    assert origins_in(cast.response)[FIRST].how == Reuse.KEPT
    save(cast.response, cast.expert, FIRST, choices=("Yes",), text="By the Penal Code of now.", base=1)
    assert origins_in(cast.response)[FIRST].how == Reuse.EDITED
    save(cast.response, cast.expert, FIRST, base=2)
    assert origins_in(cast.response) == {}
    save(cast.response, cast.expert, FIRST, choices=("No",), base=3)
    assert origins_in(cast.response) == {}


def test_an_answer_that_was_put_back_counts_as_it_did_and_the_next_version_says_nothing_else(cast: Cast) -> None:
    sent_before()
    keep(cast, FIRST)
    first = clear_answers(cast.focal_point, cast.response)
    fresh(cast)
    begin_revision(cast.focal_point, now(cast), reason="A new law.", number=1)
    fresh(cast)
    save(now(cast), cast.expert, FIRST, base=1)
    save(now(cast), cast.expert, FIRST, choices=("No",), base=2)
    give_up_revision(cast.focal_point, now(cast), sha256=hash_of_draft(now(cast)), number=1)
    assert origins_in(now(cast))[FIRST].how == Reuse.KEPT
    assert submission_document(now(cast))["taken_over"] == first.document["taken_over"]


def test_taken_to_be_changed_is_never_said_to_be_still_correct(cast: Cast) -> None:
    sent_before()
    keep(cast, FIRST, how=Reuse.EDITED)
    assert origins_in(cast.response)[FIRST].how == Reuse.EDITED


def test_what_has_content_is_not_overwritten(cast: Cast) -> None:
    sent_before()
    save(cast.response, cast.second_expert, FIRST, choices=("No",))
    for seen in (0, 1):
        with pytest.raises(OutdatedError, match="has been saved since"):
            keep(cast, FIRST, seen=seen)
    answer = Answer.objects.get(response=cast.response)
    assert (answer.choices, answer.revision) == (["No"], 1)
    assert AnswerRevision.objects.filter(answer=answer).count() == 1


def test_nothing_is_taken_where_a_colleague_has_answered_one_meanwhile(cast: Cast) -> None:
    sent_before()
    save(cast.response, cast.second_expert, CASES, text="Of a colleague.")
    with pytest.raises(OutdatedError, match="nothing was taken"):
        keep(cast, FIRST, CASES)
    assert official(cast) == {CASES: "Of a colleague."}
    assert not ReusedAnswer.objects.exists()


def test_a_box_that_was_emptied_is_offered_to_again(cast: Cast) -> None:
    sent_before()
    save(cast.response, cast.expert, CASES, text="Typed.")
    save(cast.response, cast.expert, CASES, base=1)
    keep(cast, CASES, seen=2)
    assert official(cast) == {CASES: "The case of the two ships."}


def test_a_follow_up_alone_is_not_taken_and_with_its_question_it_is(cast: Cast) -> None:
    sent_before()
    with pytest.raises(ServiceError, match="is not asked any more"):
        keep(cast, UNDER_FIRST)
    assert official(cast) == {}
    keep(cast, UNDER_FIRST, FIRST)  # in whatever order they were chosen
    assert set(official(cast)) == {FIRST, UNDER_FIRST}


def test_a_question_that_is_no_longer_asked_offers_nothing(cast: Cast) -> None:
    sent_before()
    second_version(cast, CASES)
    assert CASES not in index_of(cast.response.version_id).items
    listed = [offer.item.code for section in all_offers(cast.response) for offer in section.offers]
    assert listed == [FIRST, UNDER_FIRST, CASES_TIP, CASES_SOM, CASES_FIREARMS]


def test_options_that_are_gone_leave_the_words_alone_to_be_changed(cast: Cast) -> None:
    sent_before(answers=LONE)
    second_version(cast, ALONE, **OTHER_OPTIONS)
    (offer,) = offers(cast.response, ALONE)[ALONE]
    assert (offer.lost, offer.answer.choices, offer.answer.text) == (("Yes",), (), "In a note of 2004.")
    assert (offer.can_be_kept, offer.can_be_edited) == (False, True)
    with pytest.raises(ServiceError, match="has other options now"):
        keep(cast, ALONE)
    keep(cast, ALONE, how=Reuse.EDITED)
    answer = Answer.objects.get(response=cast.response)
    assert (answer.choices, answer.text) == ([], "In a note of 2004.")


def test_other_words_are_told_and_the_answer_may_be_kept(cast: Cast) -> None:
    sent_before()
    second_version(cast, CASES, text="Please name cases.")
    (offer,) = [each for each in offers(cast.response, CASES)[CASES] if each.link is None]
    assert (offer.is_reworded, offer.can_be_kept) == (True, True)


def test_the_same_question_of_an_earlier_review_stands_before_a_linked_one(cast: Cast) -> None:
    sent_before(answers={**ANSWERS, CASES_TIP: {"text": "Of the other protocol."}})
    found = offers(cast.response, CASES)[CASES]
    assert [(each.source_item.code, each.link) for each in found] == [(CASES, None), (CASES_TIP, LinkMethod.TEXT)]


def test_the_answer_to_a_linked_question_of_another_phase_is_offered(cast: Cast) -> None:
    sent_before(answers={"II.untoc.23": {"choices": ("Yes",)}}, phase=2)
    (offer,) = offers(cast.response, "I.untoc.28")["I.untoc.28"]
    assert (offer.source.review_code, offer.source_item.code, offer.link) == ("2-XVE", "II.untoc.23", LinkMethod.TEXT)
    keep(cast, "I.untoc.28")
    assert ReusedAnswer.objects.get().source_code == "II.untoc.23"


def test_who_drafts_now_needs_no_part_in_the_earlier_review_and_nobody_else_sees_it(cast: Cast) -> None:
    """By the rights that a page has: the expert of now has no part in the review of then."""
    sent = sent_before()
    with plain_role(), identified_as(cast.expert):
        assert not ResponseSubmission.objects.filter(pk=sent.pk).exists() or not HAS_TWO_ROLES
        keep(cast, FIRST)
    for person in (cast.contributor, cast.observer, cast.same_group_expert, cast.officer, cast.stranger):
        with pytest.raises((PolicyRefusedError, Http404)):
            keep(cast, CASES, actor=person)
    assert set(official(cast)) == {FIRST}


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no row-level security")
def test_where_an_answer_came_from_lies_in_the_room_of_who_drafts(cast: Cast) -> None:
    sent_before()
    keep(cast, FIRST)
    row = ReusedAnswer.objects.get()
    assert keys(ReusedAnswer, cast.expert) == {row.pk}
    for person in (cast.contributor, cast.same_group_focal_point, cast.officer, cast.stranger, cast.bystander):
        assert keys(ReusedAnswer, person) == set()
    for statement in (lambda rows: rows.update(how="edited"), lambda rows: rows.delete()):
        with plain_role(), identified_as(cast.expert), pytest.raises(Error), transaction.atomic():
            statement(ReusedAnswer.objects.filter(pk=row.pk))


def test_what_was_set_aside_stays_so_when_something_is_sent_beside_the_earlier_answers(cast: Cast) -> None:
    """Offered is what the State wrote, with the number and the hash of that version."""
    sent: Any = sent_before()
    (offer,) = offers(cast.response, FIRST)[FIRST]
    version = index_of(cast.response.version_id).number
    chosen = ChosenAnswer(FIRST, offer.key, 0)
    set_aside(actor=cast.expert, response=cast.response, version=version, chosen=chosen)
    piece = {"kind": "source", "code": "", "language": "en", "title": "A report", "pages": "", "link": ""}
    besides = [add_beside(sent.cleared_by, sent.review, piece) for _piece in range(2)]
    (offer,) = offers(cast.response, FIRST)[FIRST]
    assert (offer.is_set_aside, offer.key) == (True, f"{sent.pk}:{FIRST}")
    assert (offer.source.number, offer.source.sha256, offer.source.sent_at) == (1, sent.sha256, sent.sent_at)
    keep(cast, CASES)
    assert ReusedAnswer.objects.get(how=Reuse.KEPT).submission == sent
    assert [(each.number, each.written) for each in besides if each] == [(2, sent), (3, sent)]


def test_what_was_brought_in_is_offered_unless_the_state_objects(cast: Cast) -> None:
    sent: Any = brought_before()
    (offer,) = offers(cast.response, FIRST)[FIRST]
    assert (offer.source.key, offer.source.is_brought_in) == (sent.pk, True)
    type(sent.brought_piece).objects.filter(pk=sent.brought_piece_id).update(word=StateWord.OBJECTED)
    assert offers(cast.response, FIRST) == {}
