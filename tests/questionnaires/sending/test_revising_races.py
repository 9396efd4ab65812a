"""A new version and something else at the same moment: one of them is first, and the other is told. (They commit.)"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from core.errors import ServiceError
from core.policy import PolicyRefusedError
from questionnaires.answers.services import SaveStatus
from questionnaires.responses.models import Answer, Response, ResponseSubmission
from questionnaires.sending.document import hash_of_draft
from questionnaires.sending.services import begin_revision, clear_response, give_up_revision, recall_response
from questionnaires.submissions.selectors.submissions import latest_submission
from questionnaires.submissions.services import open_submission
from tests import utils
from tests.questionnaires.sending.test_recall_races import waits_for
from tests.utils import Cast, save

pytestmark = pytest.mark.django_db(transaction=True)

ITEM = "I.untoc.23"


def response_of(cast: Cast) -> Response:
    return Response.objects.get(review=cast.review)


def told(act: Callable[[], object]) -> str:
    try:
        act()
    except PolicyRefusedError as error:
        return str(error.decision.reason)
    except ServiceError as error:
        return str(error)
    return "done"


def begun() -> Cast:
    cast = utils.make_cast("written_feedback")
    open_submission(cast.same_group_expert, latest_submission(cast.review))
    begin(cast)
    save(response_of(cast), cast.expert, ITEM, text="As it is now.")
    return cast


def begin(cast: Cast) -> None:
    begin_revision(cast.focal_point, response_of(cast), reason="A new law.", number=1)


def clear(cast: Cast, sha256: str) -> None:
    clear_response(cast.focal_point, response_of(cast), sha256=sha256, number=2)


def test_two_presses_begin_one_version() -> None:
    cast = utils.make_cast("written_feedback")
    open_submission(cast.same_group_expert, latest_submission(cast.review))

    def press(_number: int) -> str:
        try:
            return told(lambda: begin(cast))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, range(2))) == ["A new version is being prepared.", "done"]


def test_two_presses_send_one_version() -> None:
    cast = begun()
    sha256 = hash_of_draft(response_of(cast))

    def press(_number: int) -> str:
        try:
            return told(lambda: clear(cast, sha256))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        refused = "The answers have been sent; they can no longer be changed."
        assert sorted(pool.map(press, range(2))) == [refused, "done"]
    assert list(ResponseSubmission.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_who_gives_up_while_it_is_being_sent_is_told() -> None:
    cast = begun()
    sha256 = hash_of_draft(response_of(cast))

    def give_up() -> None:
        give_up_revision(cast.focal_point, response_of(cast), sha256=sha256, number=1)

    assert waits_for(lambda: clear(cast, sha256), lambda: told(give_up)) == "No new version is being prepared."
    assert Answer.objects.get(question__code=ITEM).text == "As it is now."


def test_who_sends_while_it_is_being_given_up_is_told_and_sends_nothing() -> None:
    cast = begun()
    sha256 = hash_of_draft(response_of(cast))

    def give_up() -> None:
        give_up_revision(cast.focal_point, response_of(cast), sha256=sha256, number=1)

    refused = "The answers have been sent; they can no longer be changed."
    assert waits_for(give_up, lambda: told(lambda: clear(cast, sha256))) == refused
    assert ResponseSubmission.objects.count() == 1


def test_an_answer_that_is_saved_while_it_is_being_sent_is_refused_and_not_half_in_it() -> None:
    cast = begun()
    sha256 = hash_of_draft(response_of(cast))

    def write() -> None:
        result = save(response_of(cast), cast.expert, ITEM, text="Too late.", base=1)
        assert result.status == SaveStatus.SAVED

    refused = "The answers have been sent; they can no longer be changed."
    assert waits_for(lambda: clear(cast, sha256), lambda: told(write)) == refused
    assert Answer.objects.get(question__code=ITEM).text == "As it is now."


def test_a_reader_of_the_new_version_and_its_recall() -> None:
    cast = begun()
    clear(cast, hash_of_draft(response_of(cast)))

    def read() -> None:
        open_submission(cast.other_group_expert, latest_submission(cast.review))

    def recall() -> None:
        recall_response(cast.focal_point, response_of(cast), reason="Too early.", number=2)

    refused = "A reviewing State has opened the answers: they can no longer be recalled."
    assert waits_for(read, lambda: told(recall)) == refused
    assert response_of(cast).opened_by == cast.other_group_state
