"""An earlier answer comes back, and what has changed since two moments."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core.errors import OutdatedError, ServiceError
from core.policy import PolicyRefusedError
from core.templatetags.components import datetime_words
from questionnaires.overview.models import ResponseReading
from questionnaires.responses.models import Answer, AnswerRevision, Proposal, ResponseSubmission
from questionnaires.sending.services import begin_revision, recall_response
from questionnaires.sending.supplementing import add_beside
from questionnaires.together.services import restore_answer
from tests.questionnaires.answers.autosave import ARTICLE_2, RESPONSE, text_of
from tests.questionnaires.ministries.ministries import FIRST, proposed, second_ministry
from tests.utils import Cast, clear_answers, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
CODE = "I.untoc.1.a"
HISTORY = f"{RESPONSE}answers/{CODE}/history/"


@pytest.fixture
def twice(cast: Cast) -> AnswerRevision:
    """An answer that was saved and replaced; gives the first save."""
    save(cast.response, cast.second_expert, CODE, text="The first words.")
    save(cast.response, cast.expert, CODE, text="The second words.", base=1)
    return AnswerRevision.objects.get(number=1)


def test_an_earlier_answer_is_saved_once_more(cast: Cast, login_as: LoginAs, twice: AnswerRevision) -> None:
    client = login_as(cast.expert)
    assert text_of(client.get(HISTORY)).count("Restore this answer") == 1  # not of what is the answer now
    reply = client.post(f"{HISTORY}restore/", {"save": twice.pk, "base": "2", "version": "1"}, follow=True)
    assert "The earlier answer is the answer again." in text_of(reply)
    answer = Answer.objects.get()
    assert (answer.text, answer.revision, answer.saved_by) == ("The first words.", 3, cast.expert)
    reply = client.post(f"{HISTORY}restore/", {"save": twice.pk, "base": "3", "version": "1"}, follow=True)
    assert Answer.objects.get().revision in {3, 4}
    assert reply.status_code == 200


def test_it_is_not_restored_over_what_the_page_has_not_shown(cast: Cast, twice: AnswerRevision) -> None:
    save(cast.response, cast.second_expert, CODE, text="The third words.", base=2)
    with pytest.raises(OutdatedError):
        restore_answer(actor=cast.expert, response=cast.response, code=CODE, save=twice.pk, base=2)
    assert Answer.objects.get().text == "The third words."
    assert not AnswerRevision.objects.filter(is_conflict=True).exists()


def test_a_save_of_another_answer_is_no_earlier_one_of_this(cast: Cast, twice: AnswerRevision) -> None:
    save(cast.response, cast.expert, "I.untoc.3", choices=("Yes",))
    other = AnswerRevision.objects.get(answer__question__code="I.untoc.3")
    with pytest.raises(ServiceError, match="no such save"):
        restore_answer(actor=cast.expert, response=cast.response, code=CODE, save=other.pk, base=2)


def test_after_sending_nothing_is_restored(cast: Cast, login_as: LoginAs, twice: AnswerRevision) -> None:
    clear_answers(cast.focal_point, cast.response)
    client = login_as(cast.expert)
    assert "Restore this answer" not in text_of(client.get(HISTORY))
    reply = client.post(f"{HISTORY}restore/", {"save": twice.pk, "base": "2", "version": "1"})
    assert reply.status_code == 403


def test_a_contributor_restores_the_own_proposal_alone(cast: Cast) -> None:
    proposal = proposed(cast)
    save(cast.response, cast.contributor, FIRST, choices=("No",), text="Otherwise.", base=1)
    first = proposal.revisions.get(number=1)
    other = second_ministry(cast)
    with pytest.raises((PolicyRefusedError, ServiceError)):
        restore_answer(actor=other, response=cast.response, code=FIRST, save=first.pk, base=2)
    restore_answer(actor=cast.contributor, response=cast.response, code=FIRST, save=first.pk, base=2)
    assert Proposal.objects.get().text == "By the Firearms Act."
    assert not Answer.objects.exists()


_NUMBER_TOO_LONG = "1" * 5000


@pytest.mark.parametrize(
    "fields", [{"base": "x"}, {"save": "x"}, {"base": "2", "save": "x"}, {}, {"base": "2", "version": _NUMBER_TOO_LONG}]
)
def test_a_broken_form_changes_nothing(
    cast: Cast, login_as: LoginAs, twice: AnswerRevision, fields: dict[str, str]
) -> None:
    assert login_as(cast.expert).post(f"{HISTORY}restore/", fields).status_code == 302
    assert Answer.objects.get().revision == 2


def visited(cast: Cast, name: str, at: dt.datetime) -> None:
    ResponseReading.objects.create(response=cast.response, user=cast.people[name], seen_at=timezone.now(), before_at=at)


def test_what_changed_since_one_was_here_is_listed_by_question(
    cast: Cast, login_as: LoginAs, twice: AnswerRevision
) -> None:
    visited(cast, "expert", Answer.objects.get().updated_at - dt.timedelta(microseconds=1))
    save(cast.response, cast.second_expert, "I.untoc.1", choices=("Yes",))
    page = text_of(login_as(cast.expert).get(f"{ARTICLE_2}changes/"))
    assert page.count('class="app-changed"') == 2
    assert '<del class="app-diff__removed">first</del><ins class="app-diff__added">second</ins>' in page
    assert "Since you were here before" in text_of(login_as(cast.expert).get(HISTORY))


def test_what_is_as_it_was_is_not_listed(cast: Cast, login_as: LoginAs, twice: AnswerRevision) -> None:
    visited(cast, "expert", timezone.now())
    page = text_of(login_as(cast.expert).get(f"{ARTICLE_2}changes/"))
    assert "No answer of this section has changed since" in page
    assert 'class="app-changed"' not in page


def test_who_was_never_here_is_told_that_there_is_nothing_to_compare_with(
    cast: Cast, login_as: LoginAs, twice: AnswerRevision
) -> None:
    assert "There is nothing to compare with yet" in text_of(login_as(cast.expert).get(f"{ARTICLE_2}changes/"))


def test_what_changed_since_it_was_sent_is_compared_with_what_was_sent(
    cast: Cast, login_as: LoginAs, twice: AnswerRevision
) -> None:
    clear_answers(cast.focal_point, cast.response)
    cast.response.refresh_from_db()
    recall_response(cast.focal_point, cast.response, reason="An annex.", number=1)
    save(cast.response, cast.expert, CODE, text="The third words.", base=2)
    page = text_of(login_as(cast.expert).get(f"{ARTICLE_2}changes/?since=sent"))
    assert "Since version 1 was sent" in page
    assert '<del class="app-diff__removed">second</del><ins class="app-diff__added">third</ins>' in page


def test_what_was_kept_and_not_asked_when_it_was_sent_is_not_called_new(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.expert, "I.untoc.24", choices=("Yes",))
    save(cast.response, cast.expert, "I.untoc.24.a", text="Of before.")
    save(cast.response, cast.expert, "I.untoc.24", choices=("No",), base=1)
    clear_answers(cast.focal_point, cast.response)
    cast.response.refresh_from_db()
    recall_response(cast.focal_point, cast.response, reason="An annex.", number=1)
    save(cast.response, cast.expert, "I.untoc.24", choices=("Yes",), base=2)
    page = text_of(login_as(cast.expert).get(f"{RESPONSE}untoc/article-15/changes/?since=sent"))
    assert page.count('class="app-changed"') == 1
    assert "Of before." not in page


def test_what_was_drafted_before_something_was_sent_beside_is_new_still(
    cast: Cast, login_as: LoginAs, twice: AnswerRevision
) -> None:
    clear_answers(cast.focal_point, cast.response)
    cast.response.refresh_from_db()
    begin_revision(cast.focal_point, cast.response, reason="A new law.", number=1)
    save(cast.response, cast.expert, "I.untoc.2", choices=("Yes",), text="By the new law.")
    for number in (2, 3):
        piece = {"kind": "source", "code": "", "language": "en", "title": f"Report {number}", "pages": "", "link": ""}
        add_beside(cast.focal_point, cast.review, piece)
    page = text_of(login_as(cast.expert).get(f"{ARTICLE_2}changes/?since=sent"))
    versions = ResponseSubmission.objects.order_by("number")
    assert f"Since version 1 was sent ({datetime_words(versions[0].sent_at)})" in page
    assert page.count('class="app-changed"') == 1
    assert "By the new law." in page
    assert [version.frozen_at for version in versions] == [versions[0].sent_at] * 3


def test_a_contributor_compares_own_proposals_alone(cast: Cast, login_as: LoginAs) -> None:
    proposed(cast)
    save(cast.response, cast.expert, FIRST, choices=("No",), text="Words of the experts.")
    visited(cast, "contributor", timezone.now() - dt.timedelta(days=1))
    page = text_of(login_as(cast.contributor).get(f"{RESPONSE}firearms/article-3/changes/?since=sent"))
    assert "By the Firearms Act." in page
    assert "Words of the experts." not in page
